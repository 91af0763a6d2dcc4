#include "output.h"

#include "command.h"
#include "text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LONGEST 4300

/* A line on stderr: COMMAND, PATH as a terminal may be told it, and what is wrong with it. */
static void
say(const char *command, const char *path, const char *what, const char *reason)
{
    char safe[2 * LONGEST];

    fprintf(stderr, "doorstroom %s: %s %s%s\n", command, text_safe(path, 500, safe, sizeof safe),
            what, reason);
}

static int
cannot_write(const char *command, const char *path)
{
    say(command, path, "cannot be written: ", strerror(errno));
    return EXIT_ENVIRONMENT;
}

int
output_check(const char *command, const char *path, bool force)
{
    struct stat file;

    if (lstat(path, &file) != 0)
        return EXIT_DONE;
    if (!force) {
        say(command, path, "is there; --force replaces it", "");
        return EXIT_BAD_INPUT;
    }
    if (!S_ISREG(file.st_mode)) {
        say(command, path, "is no file that could be replaced; give a name", "");
        return EXIT_BAD_INPUT;
    }
    return EXIT_DONE;
}

int
output_check_input(const char *command, const char *path, const char *input)
{
    struct stat file, read;

    if (stat(path, &file) != 0 || stat(input, &read) != 0 || file.st_dev != read.st_dev ||
        file.st_ino != read.st_ino)
        return EXIT_DONE;
    say(command, path, "is read; write to another file", "");
    return EXIT_BAD_INPUT;
}

int
output_check_inputs(const char *command, const char *path, const struct tree *tree)
{
    char input[2 * LONGEST];

    for (size_t i = 0; i < tree->sources; i++) {
        const char *folder = tree->folder != NULL ? tree->folder : "";
        snprintf(input, sizeof input, "%.*s%.*s", LONGEST, folder, LONGEST - 1,
                 tree->source[i].name);
        int status = output_check_input(command, path, input);
        if (status != EXIT_DONE)
            return status;
    }
    return EXIT_DONE;
}

/* As the user's mask of modes lets a new file be. */
static int
as_new_file(int file)
{
    mode_t mask = umask(0);

    umask(mask);
    return fchmod(file, 0666 & ~mask);
}

int
output_write(const char *command, const char *path, bool (*write)(FILE *to, const void *context),
             const void *context)
{
    char part[LONGEST + 16];

    snprintf(part, sizeof part, "%.*s.XXXXXX", LONGEST, path);
    int file = mkstemp(part);
    if (file < 0)
        return cannot_write(command, path);
    FILE *to = as_new_file(file) == 0 ? fdopen(file, "w") : NULL;
    bool written = to != NULL && write(to, context);
    bool refused = to != NULL && !written && ferror(to) == 0;
    bool good = written && fflush(to) == 0 && fsync(file) == 0 && ferror(to) == 0;
    if (to != NULL)
        good = fclose(to) == 0 && good;
    else
        close(file);
    if (good && rename(part, path) == 0)
        return EXIT_DONE;
    int status = refused ? EXIT_BAD_INPUT : cannot_write(command, path);
    unlink(part);
    return status;
}

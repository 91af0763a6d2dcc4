/* libFuzzer on the command line: words of the input are the arguments. Nothing may be simulated or
 * written, so `run` and `validate` come with names of files that are not there. */

#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOST 40

int doorstroom_main(int argc, char **argv);
int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size);

int
LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size)
{
    static int quiet = -1;
    char text[1024], *argv[MOST + 2] = {"doorstroom"}, *save = NULL;
    int argc = 1;

    if (quiet < 0) {
        quiet = open("/dev/null", O_WRONLY);
        dup2(quiet, STDOUT_FILENO);
        if (chdir("/proc/self/fdinfo") != 0) /* nothing can be written here */
            abort();
    }
    if (size >= sizeof text)
        return 0;
    memcpy(text, bytes, size);
    text[size] = '\0';
    for (char *word = strtok_r(text, " \n", &save); word != NULL && argc <= MOST;
         word = strtok_r(NULL, " \n", &save)) {
        if (strchr(word, '/') != NULL)
            return 0;
        argv[argc++] = word;
    }
    argv[argc] = NULL;
    optind = 0;
    doorstroom_main(argc, argv);
    return 0;
}

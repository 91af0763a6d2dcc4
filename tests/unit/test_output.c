/* Where a result may go: links are followed, what cannot hold a result is refused before anything
 * is simulated. And one writer at a time. */

#include "tests/support.h"

#include "sim/base/lock.h"
#include "sim/result/output.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/doorstroom-output-XXXXXX", back[4096];

static int
make_folder(void **state)
{
    (void)state;
    assert_non_null(getcwd(back, sizeof back));
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(mkdir("sub", 0700), 0);
    assert_int_equal(mkfifo("pipe", 0600), 0);
    assert_int_equal(symlink("sub/target.h5", "link.h5"), 0);
    assert_int_equal(symlink("link.h5", "second.h5"), 0);
    assert_int_equal(symlink("loop_b", "loop_a"), 0);
    assert_int_equal(symlink("loop_a", "loop_b"), 0);
    FILE *file = fopen("text.yaml", "w");
    assert_non_null(file);
    fputs("name: T\n", file);
    fclose(file);
    fclose(fopen("empty.h5", "w"));
    return 0;
}

static int
remove_folder(void **state)
{
    static const char *const files[] = {"pipe",   "link.h5",   "second.h5", "loop_a",
                                        "loop_b", "text.yaml", "empty.h5",  "held"};

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        unlink(files[i]);
    rmdir("sub");
    assert_int_equal(chdir(back), 0);
    return rmdir(folder);
}

static void
assert_ends_in(const char *text, const char *end)
{
    if (strlen(text) < strlen(end) || strcmp(text + strlen(text) - strlen(end), end) != 0)
        fail_msg("'%s' does not end in '%s'", text, end);
}

static void
links_are_followed_and_the_journal_lies_beside_the_target(void **state)
{
    static const struct {
        const char *name, *path;
    } cases[] = {{"new.h5", "new.h5"},         {"sub/new.h5", "sub/new.h5"},
                 {"link.h5", "sub/target.h5"}, {"second.h5", "sub/target.h5"},
                 {"empty.h5", "empty.h5"},     {"./sub/../new.h5", "new.h5"}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct output output = {0};
        struct error err = {0};
        char journal[64];
        if (output_find(&output, cases[i].name, &err) != OK)
            fail_msg("%s: %s", cases[i].name, err.message);
        snprintf(journal, sizeof journal, "%s.journal", cases[i].path);
        assert_ends_in(output.path, cases[i].path);
        assert_ends_in(output.journal, journal);
        output_free(&output);
    }
}

static void
what_holds_no_result_is_refused_and_said(void **state)
{
    static const struct {
        const char *name;
        int status;
        const char *words;
    } cases[] = {{"", BAD_INPUT, "name is empty"},
                 {"-", BAD_INPUT, "cannot go to standard output"},
                 {"sub", BAD_INPUT, "is a folder"},
                 {"sub/", BAD_INPUT, "names a folder"},
                 {"pipe", BAD_INPUT, "is a pipe"},
                 {"/dev/null", BAD_INPUT, "is a device"},
                 {"text.yaml", BAD_INPUT, "is no result"},
                 {"none/x.h5", ENVIRONMENT, "the folder none"},
                 {"text.yaml/x.h5", ENVIRONMENT, "Not a directory"},
                 {"loop_a", ENVIRONMENT, "Too many levels of symbolic links"}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct output output = {0};
        struct error err = {0};
        assert_int_equal(output_find(&output, cases[i].name, &err), cases[i].status);
        if (strstr(err.message, cases[i].words) == NULL)
            fail_msg("'%s': %s", cases[i].name, err.message);
        output_free(&output);
    }
}

/* Another process is refused while this one holds the lock, and has it afterwards, without a file
 * that stands in. */
static void
one_process_at_a_time_holds_a_lock(void **state)
{
    struct lock lock = {0};
    struct error err = {0};
    int file = open("held", O_CREAT | O_RDWR, 0600);

    (void)state;
    assert_true(file >= 0);
    assert_int_equal(lock_take(&lock, file, "held", "held.lock", &err), OK);
    for (int turn = 0; turn < 2; turn++) {
        pid_t child = fork();
        if (child == 0) {
            struct lock other = {0};
            int again = open("held", O_RDWR);
            _exit(lock_take(&other, again, "held", "held.lock", &err));
        }
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(WEXITSTATUS(status), turn == 0 ? ENVIRONMENT : OK);
        if (turn == 0) {
            lock_release(&lock);
            close(file);
        }
    }
    assert_int_equal(access("held.lock", F_OK), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(links_are_followed_and_the_journal_lies_beside_the_target),
        cmocka_unit_test(what_holds_no_result_is_refused_and_said),
        cmocka_unit_test(one_process_at_a_time_holds_a_lock),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}

/* A sweep as a job array: what it asks for, by hand; and a script that a shell reads as it was
 * meant. */

#include "tests/support.h"

#include "analysis/sweep/job.h"

#include <stdlib.h>
#include <string.h>

/* 600 points of 9 s are 5,400 s: three half hours. 10 points of 0.1 s are a second: one task. 5
 * points of two hours: one each. 10^6 points of a minute would be 33,334 half hours. */
static void
a_task_takes_half_an_hour_where_it_can(void **state)
{
    (void)state;
    assert_int_equal(job_tasks(600, 9), 3);
    assert_int_equal(job_tasks(601, 9), 4);
    assert_int_equal(job_tasks(10, 0.1), 1);
    assert_int_equal(job_tasks(10, 0), 1);
    assert_int_equal(job_tasks(5, 7200), 5);
    assert_int_equal(job_tasks(1000000, 60), 1000);
}

/* 10 points in 4 tasks: 3, 3, 2 and 2. */
static void
the_largest_task_has_the_points_that_time_is_asked_for(void **state)
{
    struct job job = {.points = 10, .tasks = 4, .point_seconds = 400};

    (void)state;
    assert_int_equal(job_points_of_task(&job), 3);
    assert_int_equal(job_minutes(&job), 30); /* 1.5 x 3 x 400 s */
    job.tasks = 10;
    assert_int_equal(job_minutes(&job), 10); /* 1.5 x 400 s */
    job.point_seconds = 401;
    assert_int_equal(job_minutes(&job), 11);
    job.point_seconds = 0.1;
    assert_int_equal(job_minutes(&job), 10);
}

static void
a_time_that_was_asked_for_has_no_headroom(void **state)
{
    struct job job = {.points = 10, .tasks = 1, .point_seconds = 400, .time_asked_days = 0.25};

    (void)state;
    assert_int_equal(job_minutes(&job), 360);
}

/* 1.5 x 400 x 2^20 bytes; 1.5 x 100 x 2^20 are less than the least. */
static void
memory_has_headroom_and_a_least(void **state)
{
    struct job job = {.points = 1, .tasks = 1, .task_bytes = 400.0 * 1048576};

    (void)state;
    assert_int_equal(job_megabytes(&job), 600);
    job.task_bytes = 100.0 * 1048576;
    assert_int_equal(job_megabytes(&job), 200);
}

static void
a_path_that_would_end_a_line_is_not_taken(void **state)
{
    (void)state;
    assert_true(job_takes_path("/a b/it's \"5\" %a #, \xc3\xa9.sh"));
    assert_false(job_takes_path("/a\nb"));
    assert_false(job_takes_path("/a\tb"));
    assert_false(job_takes_path("/a\x7f"));
    assert_false(job_takes_path("/a\\b"));
}

/* The script of JOB; freed by the caller. */
static char *
script_of(const struct job *job)
{
    char *text = NULL;
    size_t size;
    FILE *to = open_memstream(&text, &size);

    assert_non_null(to);
    assert_true(job_write(to, job));
    assert_int_equal(fclose(to), 0);
    return text;
}

/* 130 minutes are 2 h 10 min. */
static void
the_script_says_to_sbatch_what_a_task_needs(void **state)
{
    const struct job job = {.program = "/bin/it's",
                            .design = "/d/100 %.yaml",
                            .parts = "/d/5 % \"a\".parts",
                            .script = "/d/5 % \"a\".sh",
                            .name = "two words",
                            .allow_outside = true,
                            .points = 8,
                            .tasks = 4,
                            .threads = 3,
                            .point_seconds = 2600,
                            .task_bytes = 400.0 * 1048576};
    static const char *const lines[] = {
        "\n#SBATCH --array=1-4\n",
        "\n#SBATCH --cpus-per-task=3\n",
        "\n#SBATCH --time=02:10:00\n",
        "\n#SBATCH --mem=600M\n",
        "\n#SBATCH --requeue\n",
        "\n#SBATCH --job-name=two_words\n",
        "\noutside=--allow-outside\n",
        "\nprogram='/bin/it'\\''s'\n",
        "\ndesign='/d/100 %.yaml'\n",
        "\nparts='/d/5 % \"a\".parts'\n",
        " begins on %s, restart %s\\n' -1 \"$SLURM_ARRAY_TASK_ID\" \"$tasks\" ",
        "\n#SBATCH --output=\"/d/5 %% \\\"a\\\".parts/task-%a.log\"\n",
    };
    char *text = script_of(&job);

    (void)state;
    assert_int_equal(strncmp(text, "#!/bin/bash\n", 12), 0);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (strstr(text, lines[i]) == NULL)
            fail_msg("not in the script: %s", lines[i]);
    free(text);
}

static void
a_file_that_takes_no_more_is_told(void **state)
{
    const struct job job = {
        .program = "/p", .design = "/d", .parts = "/d", .script = "/s", .name = "n", .tasks = 1};
    FILE *full = fopen("/dev/full", "w");

    (void)state;
    assert_non_null(full);
    setbuf(full, NULL);
    assert_false(job_write(full, &job));
    fclose(full);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_task_takes_half_an_hour_where_it_can),
        cmocka_unit_test(the_largest_task_has_the_points_that_time_is_asked_for),
        cmocka_unit_test(a_time_that_was_asked_for_has_no_headroom),
        cmocka_unit_test(memory_has_headroom_and_a_least),
        cmocka_unit_test(a_path_that_would_end_a_line_is_not_taken),
        cmocka_unit_test(the_script_says_to_sbatch_what_a_task_needs),
        cmocka_unit_test(a_file_that_takes_no_more_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

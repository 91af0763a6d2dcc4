#include "command.h"
#include "output.h"
#include "text.h"

#include "analysis/sweep/merge.h"

#include <stdio.h>

/* What is missing, and what runs it: ranges to be pasted. */
static int
tell_missing(const struct merge *merge, const struct error *err)
{
    fprintf(stderr, "doorstroom merge: %s: %s\n", err->message, merge->missing_points);
    fprintf(stderr, "doorstroom merge: run these tasks of %zu again: --array=%s\n", merge->tasks,
            merge->missing_tasks);
    return EXIT_DIFFERENT;
}

int
command_merge(const struct options *options)
{
    struct merge merge = {.folder = options->argument[0],
                          .output = options->output,
                          .command_line = options->command_line,
                          .threads = threads_default("merge", 0)};
    struct error err = {0};
    char safe[2048];

    if (merge.output == NULL)
        return say_fault("merge", BAD_INPUT, "where does the merged sweep go? give -o ALL.h5");
    int status = output_check("merge", merge.output, options->force);
    if (status != EXIT_DONE)
        return status;
    int merged = merge_parts(&merge, &err);
    if (merged == DIFFERENT)
        status = tell_missing(&merge, &err);
    else if (merged != OK)
        status = say_fault("merge", merged, err.message);
    else if (!options->quiet)
        printf("%s: %zu points of %zu part%s\n", text_safe(merge.output, 0, safe, sizeof safe),
               merge.points, merge.parts, merge.parts == 1 ? "" : "s");
    merge_free(&merge);
    return status;
}

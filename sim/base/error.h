#ifndef SIM_ERROR_H
#define SIM_ERROR_H
/* Why something failed: a code that a program can act on and one line that a person can read.
 * A function that can fail returns 0 or one of these codes and writes the line into the caller's
 * struct error. Nothing below cli/ prints or exits. */

enum status {
    OK = 0,
    NO_MEMORY,   /* an allocation failed */
    BAD_INPUT,   /* a value that cannot be used: the user's to mend */
    ENVIRONMENT, /* disk, permission, a file in the way */
    BROKEN,      /* the model or the engine broke its own rule */
    DIFFERENT,   /* a comparison did not hold */
    INTERRUPTED, /* stopped from outside; what was finished is kept */
};

/* A function that can fail, before its type: the compiler warns whoever does not look. */
#define MUST_CHECK __attribute__((warn_unused_result))

struct error {
    int code;
    char message[1024];
};

/* Write the line (printf style; cut at the buffer's end) and return CODE. ERR may be NULL. */
int error_set(struct error *err, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The analyser looks at a file alone, and would think that it may return OK. */
#ifdef __clang_analyzer__
#define error_set(err, code, ...) (error_set(err, code, __VA_ARGS__), (int)(code))
#endif

#endif

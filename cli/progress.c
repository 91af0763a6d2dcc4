#include "progress.h"

#include "text.h"

#include "models/run/run.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define LONGEST_BAR   40
#define SHORTEST_BAR  5
#define WIDEST        400
#define DRAW_EVERY_NS 250000000
#define FIRST_SECONDS 1.0 /* a run that ends before needs no line */
#define TAKE_AWAY     "\r\033[K"

/* Columns of the terminal that errors go to. */
static size_t
terminal_columns(void)
{
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    long given = columns != NULL ? strtol(columns, NULL, 10) : 0;

    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return given > 0 && given < 10000 ? (size_t)given : TERMINAL_WIDTH;
}

static void
duration_text(double seconds, char text[32])
{
    if (seconds < 99.5)
        snprintf(text, 32, "%.0f s", seconds);
    else if (seconds < 99.5 * 60)
        snprintf(text, 32, "%.0f min", seconds / 60);
    else
        snprintf(text, 32, "%.1f h", seconds / 3600);
}

/* "12 of 50, 3.1 a second, 12 s left": OURS is how many this run has done, with parts of them. */
static void
write_words(const struct progress *p, double ours, double seconds, char *text, size_t size)
{
    char left[32];
    unsigned long long done = p->done, total = p->total;
    double to_do = (double)(p->total - p->before) - ours;

    if (p->done == p->total) {
        snprintf(text, size, "%llu of %llu, writing the result", done, total);
        return;
    }
    if (ours <= 0) {
        snprintf(text, size, "%llu of %llu", done, total);
        return;
    }
    duration_text(seconds / ours * to_do, left);
    if (ours / seconds >= 0.95)
        snprintf(text, size, "%llu of %llu, %.*f a second, %s left", done, total,
                 ours / seconds < 9.95, ours / seconds, left);
    else
        snprintf(text, size, "%llu of %llu, %.*f s each, %s left", done, total,
                 seconds / ours < 9.95, seconds / ours, left);
}

/* One line, never wrapped: the last column stays free. */
static void
draw(const struct progress *p)
{
    char words[128], line[WIDEST + 1];
    const struct run *run = p->run;
    double seconds = progress_seconds(p), ours = (double)(p->done - p->before);
    size_t columns = terminal_columns();

    if (seconds < FIRST_SECONDS || !p->told || p->total == 0)
        return;
    double days = (double)__atomic_load_n(&run->days, __ATOMIC_RELAXED);
    if (run->days_each > 0 && days / run->days_each > ours)
        ours = days / run->days_each;
    double most = (double)(p->total - p->before);
    ours = ours > most ? most : ours;
    write_words(p, ours, seconds, words, sizeof words);
    columns = columns > WIDEST ? WIDEST : columns;
    size_t room = columns > strlen(words) + 4 ? columns - strlen(words) - 4 : 0;
    if (room < SHORTEST_BAR) {
        fprintf(stderr, TAKE_AWAY "%.*s", (int)columns - 1, words);
        return;
    }
    size_t bar = room > LONGEST_BAR ? LONGEST_BAR : room;
    size_t filled = (size_t)((double)bar * ((double)p->before + ours) / (double)p->total);
    memset(line, ' ', bar);
    memset(line, '#', filled > bar ? bar : filled);
    line[bar] = '\0';
    fprintf(stderr, TAKE_AWAY "[%s] %s", line, words);
}

static void *
draw_until_end(void *context)
{
    struct progress *p = context;

    pthread_mutex_lock(&p->lock);
    while (!p->ended) {
        struct timespec next;
        draw(p);
        clock_gettime(CLOCK_REALTIME, &next);
        next.tv_nsec += DRAW_EVERY_NS;
        next.tv_sec += next.tv_nsec / 1000000000;
        next.tv_nsec %= 1000000000;
        pthread_cond_timedwait(&p->end, &p->lock, &next);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

/* Signals are for the threads that can end the run. */
static bool
start_thread(struct progress *p)
{
    sigset_t all, before;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool started = pthread_create(&p->thread, NULL, draw_until_end, p) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

void
progress_begin(struct progress *progress, const struct run *run, bool quiet)
{
    *progress = (struct progress){.run = run};
    clock_gettime(CLOCK_MONOTONIC, &progress->start);
    pthread_mutex_init(&progress->lock, NULL);
    pthread_cond_init(&progress->end, NULL);
    progress->on = !quiet && isatty(STDERR_FILENO) && start_thread(progress);
}

void
progress_tell(struct progress *progress, uint64_t done, uint64_t total)
{
    pthread_mutex_lock(&progress->lock);
    if (!progress->told)
        progress->before = done;
    progress->told = true;
    progress->done = done;
    progress->total = total;
    pthread_mutex_unlock(&progress->lock);
}

void
progress_end(struct progress *progress)
{
    if (progress->on) {
        pthread_mutex_lock(&progress->lock);
        progress->ended = true;
        pthread_cond_signal(&progress->end);
        pthread_mutex_unlock(&progress->lock);
        pthread_join(progress->thread, NULL);
        fprintf(stderr, TAKE_AWAY);
    }
    pthread_mutex_destroy(&progress->lock);
    pthread_cond_destroy(&progress->end);
}

double
progress_seconds(const struct progress *progress)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - progress->start.tv_sec) +
           1e-9 * (double)(now.tv_nsec - progress->start.tv_nsec);
}

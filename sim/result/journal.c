#include "journal.h"

#include "identity.h"

#include "sim/base/array.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC      "doorstroom journal 2\n"
#define ENTRY_MARK 0x64726f6365720a01u

static int
failed(struct journal *journal, const char *what, struct error *err)
{
    return error_set(err, ENVIRONMENT, "%s: cannot be %s: %s", journal->path, what,
                     strerror(errno));
}

struct entry_head {
    uint64_t mark, replication, size; /* of what follows, without the digest at its end */
};

struct chunk_head {
    uint64_t size;
    unsigned char digest[DIGEST_SIZE];
};

/* Where the entry of REPLICATION is, or would be put: entries are kept in order. */
static size_t
entry_index(const struct journal *journal, uint64_t replication)
{
    size_t low = 0, high = journal->entries;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (journal->entry[middle].replication < replication)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool
remember(struct journal *journal, uint64_t replication, long offset)
{
    size_t at = entry_index(journal, replication);

    if (!array_room(journal->entry, journal->room, journal->entries + 1))
        return false;
    memmove(&journal->entry[at + 1], &journal->entry[at],
            (journal->entries - at) * sizeof *journal->entry);
    journal->entry[at] = (struct journal_entry){replication, offset};
    journal->entries++;
    return true;
}

/* Is the entry of HEAD whole, which the file stands at? Read in pieces: want of memory is no torn
 * entry. */
static bool
entry_is_whole(struct journal *journal, const struct entry_head *head)
{
    unsigned char piece[1 << 14], expected[DIGEST_SIZE], found[DIGEST_SIZE];
    struct sha256_ctx sha;

    sha256_init(&sha);
    for (uint64_t left = head->size; left > 0;) {
        size_t size = left < sizeof piece ? (size_t)left : sizeof piece;
        if (fread(piece, 1, size, journal->file) != size)
            return false;
        sha256_update(&sha, size, piece);
        left -= size;
    }
    sha256_digest(&sha, DIGEST_SIZE, found);
    return fread(expected, 1, DIGEST_SIZE, journal->file) == DIGEST_SIZE &&
           memcmp(expected, found, DIGEST_SIZE) == 0;
}

/* List the whole entries and cut off what follows the last of them; not where the file cannot be
 * read: nothing that is finished is cut off for that. */
static int
read_entries(struct journal *journal, struct error *err)
{
    struct entry_head head;
    long end = ftell(journal->file);

    while (fread(&head, sizeof head, 1, journal->file) == 1 && head.mark == ENTRY_MARK) {
        long offset = ftell(journal->file);
        if (!entry_is_whole(journal, &head))
            break;
        if (!journal_has(journal, head.replication) && !remember(journal, head.replication, offset))
            return error_set(err, NO_MEMORY, "no memory for the journal's entries");
        end = ftell(journal->file);
    }
    if (ferror(journal->file))
        return failed(journal, "read", err);
    if (fflush(journal->file) != 0 || ftruncate(fileno(journal->file), end) != 0 ||
        fseek(journal->file, end, SEEK_SET) != 0)
        return failed(journal, "cut to its last whole entry", err);
    return OK;
}

/* The name of the file that stands in for a lock: RESULT.lock beside RESULT.journal. */
static char *
stand_in(const char *path)
{
    size_t size = strlen(path), suffix = strlen(".journal");
    char *name;

    if (size > suffix && strcmp(path + size - suffix, ".journal") == 0)
        size -= suffix;
    return asprintf(&name, "%.*s.lock", (int)size, path) >= 0 ? name : NULL;
}

/* Open the file, create it where there is none, and lock it. What another run holds is not touched,
 * and one that has just ended may have taken the file away. */
static int
open_locked(struct journal *journal, struct error *err)
{
    int descriptor = open(journal->path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    FILE *file = descriptor >= 0 ? fdopen(descriptor, "r+b") : NULL;
    char *name = stand_in(journal->path);
    struct stat there;
    int status = OK;

    if (file == NULL)
        status = failed(journal, "created", err);
    else if (name == NULL)
        status = error_set(err, NO_MEMORY, "no memory for a file's name");
    else
        status = lock_take(&journal->lock, descriptor, journal->path, name, err);
    if (status == OK && (fstat(descriptor, &there) != 0 || there.st_nlink == 0))
        status =
            error_set(err, ENVIRONMENT, "%s: another run has just ended; run again", journal->path);
    free(name);
    if (status == OK) {
        journal->file = file;
        return OK;
    }
    lock_release(&journal->lock);
    if (file != NULL)
        fclose(file);
    else if (descriptor >= 0)
        close(descriptor);
    return status;
}

#define HEAD_SIZE (sizeof MAGIC - 1 + IDENTITY_SIZE)

static int
begin_anew(struct journal *journal, const char *identity, struct error *err)
{
    char head[HEAD_SIZE] = MAGIC;

    snprintf(head + sizeof MAGIC - 1, IDENTITY_SIZE, "%s", identity);
    rewind(journal->file);
    if (ftruncate(fileno(journal->file), 0) != 0)
        return failed(journal, "created", err);
    if (fwrite(head, 1, sizeof head, journal->file) != sizeof head || fflush(journal->file) != 0)
        return failed(journal, "written", err);
    return OK;
}

static int
other_run(const struct journal *journal, const char *found, const char *expected, struct error *err)
{
    struct identity_difference difference = identity_compare(found, expected, "and now");

    return error_set(err, BAD_INPUT,
                     "%s belongs to another run: %s; %sgive another output, or run with --force to "
                     "begin anew",
                     journal->path, difference.text,
                     difference.of_build ? "go on with the program as it was built then, " : "");
}

/* Go on with what is there. A head that is torn has nothing behind it that counts. */
static int
go_on(struct journal *journal, const char *identity, struct error *err)
{
    char head[HEAD_SIZE] = "";
    size_t magic = sizeof MAGIC - 1, size = fread(head, 1, sizeof head, journal->file);

    if (memcmp(head, MAGIC, size < magic ? size : magic) != 0)
        return error_set(err, BAD_INPUT,
                         "%s is no journal of this version; run with --force to begin anew",
                         journal->path);
    if (size < sizeof head)
        return begin_anew(journal, identity, err);
    head[sizeof head - 1] = '\0';
    if (strcmp(head + magic, identity) != 0)
        return other_run(journal, head + magic, identity, err);
    return read_entries(journal, err);
}

int
journal_open(struct journal *journal, const char *path, const char *identity, size_t variables,
             bool resume, struct error *err)
{
    *journal = (struct journal){.variables = variables, .path = strdup(path)};
    if (journal->path == NULL)
        return error_set(err, NO_MEMORY, "no memory for a file's name");
    int status = open_locked(journal, err);
    if (status != OK)
        return status;
    return resume ? go_on(journal, identity, err) : begin_anew(journal, identity, err);
}

/* Without a lock: no other run can find it. */
int
journal_open_unnamed(struct journal *journal, size_t variables, struct error *err)
{
    *journal = (struct journal){
        .variables = variables, .unnamed = true, .path = strdup("the journal in memory")};
    if (journal->path == NULL)
        return error_set(err, NO_MEMORY, "no memory for a file's name");
    int descriptor = memfd_create("doorstroom journal", MFD_CLOEXEC);
    journal->file = descriptor >= 0 ? fdopen(descriptor, "w+b") : NULL;
    if (journal->file != NULL)
        return OK;
    int status = failed(journal, "created", err);
    if (descriptor >= 0)
        close(descriptor);
    return status;
}

/* After a failed write the file is cut back to where it was. */
int
journal_append(struct journal *journal, uint64_t replication, const struct chunk *chunks,
               struct error *err)
{
    struct entry_head head = {ENTRY_MARK, replication, 0};
    struct sha256_ctx sha;
    unsigned char digest[DIGEST_SIZE];

    if (fseek(journal->file, 0, SEEK_END) != 0) /* what is there may have been read meanwhile */
        return failed(journal, "written", err);
    long start = ftell(journal->file);
    bool good;

    sha256_init(&sha);
    for (size_t v = 0; v < journal->variables; v++)
        head.size += sizeof(struct chunk_head) + chunks[v].size;
    good = fwrite(&head, sizeof head, 1, journal->file) == 1;
    for (size_t v = 0; v < journal->variables && good; v++) {
        struct chunk_head chunk = {.size = chunks[v].size};
        memcpy(chunk.digest, chunks[v].digest, DIGEST_SIZE);
        sha256_update(&sha, sizeof chunk, (const uint8_t *)&chunk);
        sha256_update(&sha, chunks[v].size, chunks[v].bytes);
        good = fwrite(&chunk, sizeof chunk, 1, journal->file) == 1 &&
               fwrite(chunks[v].bytes, 1, chunks[v].size, journal->file) == chunks[v].size;
    }
    sha256_digest(&sha, DIGEST_SIZE, digest);
    good = good && fwrite(digest, 1, DIGEST_SIZE, journal->file) == DIGEST_SIZE &&
           fflush(journal->file) == 0 && fdatasync(fileno(journal->file)) == 0;
    if (!good) {
        int status = failed(journal, "written", err);
        if (fseek(journal->file, start, SEEK_SET) == 0)
            (void)!ftruncate(fileno(journal->file), start);
        return status;
    }
    if (!remember(journal, replication, start + (long)sizeof head))
        return error_set(err, NO_MEMORY, "no memory for the journal's entries");
    return OK;
}

int
journal_read(struct journal *journal, size_t i, struct chunk *chunks, struct error *err)
{
    if (fseek(journal->file, journal->entry[i].offset, SEEK_SET) != 0)
        return failed(journal, "read", err);
    for (size_t v = 0; v < journal->variables; v++) {
        struct chunk_head head;
        if (fread(&head, sizeof head, 1, journal->file) != 1)
            return failed(journal, "read", err);
        if (!array_room(chunks[v].bytes, chunks[v].room, head.size))
            return error_set(err, NO_MEMORY, "no memory to read the journal");
        chunks[v].size = head.size;
        memcpy(chunks[v].digest, head.digest, DIGEST_SIZE);
        if (fread(chunks[v].bytes, 1, head.size, journal->file) != head.size)
            return failed(journal, "read", err);
    }
    return OK;
}

bool
journal_has(const struct journal *journal, uint64_t replication)
{
    size_t at = entry_index(journal, replication);

    return at < journal->entries && journal->entry[at].replication == replication;
}

void
journal_narrow(struct journal *journal, uint64_t first, uint64_t last)
{
    size_t kept = 0;

    for (size_t i = 0; i < journal->entries; i++)
        if (journal->entry[i].replication >= first && journal->entry[i].replication <= last)
            journal->entry[kept++] = journal->entry[i];
    journal->entries = kept;
}

/* Taken away before the lock is given back: from then on the name may be another run's. */
void
journal_close(struct journal *journal, bool remove_file)
{
    if (journal->file != NULL && remove_file && !journal->unnamed)
        unlink(journal->path);
    if (journal->file != NULL)
        fclose(journal->file);
    lock_release(&journal->lock);
    free(journal->path);
    free(journal->entry);
    *journal = (struct journal){0};
}

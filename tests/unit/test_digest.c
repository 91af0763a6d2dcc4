/* SHA-256 against the published vectors (FIPS 180-4 examples; NIST's long message). */

#include "tests/support.h"

#include "sim/base/digest.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static void
assert_digest(const unsigned char digest[DIGEST_SIZE], const char *expected)
{
    char text[DIGEST_TEXT];

    digest_text(digest, text);
    assert_string_equal(text, expected);
}

static void
published_messages_have_their_published_digests(void **state)
{
    static const struct {
        const char *message, *digest;
    } vectors[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    unsigned char digest[DIGEST_SIZE];
    static char million[1000000];

    (void)state;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        digest_of(vectors[i].message, strlen(vectors[i].message), digest);
        assert_digest(digest, vectors[i].digest);
    }
    memset(million, 'a', sizeof million);
    digest_of(million, sizeof million, digest);
    assert_digest(digest, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

/* A chain is of its pieces and of where each ends: "ab" and "c" is not "a" and "bc", nor "abc". */
static void
a_chain_is_of_its_pieces_in_their_order(void **state)
{
    static const char *const chains[][3] = {
        {"ab", "c", NULL}, {"a", "bc", NULL}, {"abc", NULL}, {"c", "ab", NULL}, {"ab", "c", ""}};
    unsigned char digest[5][DIGEST_SIZE], again[DIGEST_SIZE] = {0};

    (void)state;
    memset(digest, 0, sizeof digest);
    for (size_t i = 0; i < 5; i++)
        for (size_t p = 0; p < 3 && chains[i][p] != NULL; p++)
            digest_chain(digest[i], chains[i][p], strlen(chains[i][p]));
    for (size_t i = 0; i < 5; i++)
        for (size_t j = 0; j < i; j++)
            assert_memory_not_equal(digest[i], digest[j], DIGEST_SIZE);
    digest_chain(again, "ab", 2);
    digest_chain(again, "c", 1);
    assert_memory_equal(again, digest[0], DIGEST_SIZE);
}

/* 100,000 bytes with 32 anywhere taken as zeros: the digest of the bytes with zeros there. */
static void
a_file_is_digested_but_for_its_hole(void **state)
{
    static unsigned char bytes[100000];
    static const uint64_t holes[] = {0, 1, 4090, 65530, sizeof bytes - DIGEST_SIZE};
    char path[] = "/tmp/doorstroom-digest-XXXXXX";
    int file = mkstemp(path);

    (void)state;
    assert_true(file >= 0);
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * 31 + i / 256);
    assert_int_equal(write(file, bytes, sizeof bytes), sizeof bytes);
    for (size_t h = 0; h < sizeof holes / sizeof *holes; h++) {
        unsigned char kept[DIGEST_SIZE], got[DIGEST_SIZE], expected[DIGEST_SIZE];
        memcpy(kept, bytes + holes[h], DIGEST_SIZE);
        memset(bytes + holes[h], 0, DIGEST_SIZE);
        digest_of(bytes, sizeof bytes, expected);
        memcpy(bytes + holes[h], kept, DIGEST_SIZE);
        assert_true(digest_file(file, holes[h], got));
        assert_memory_equal(got, expected, DIGEST_SIZE);
    }
    close(file);
    unlink(path);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_messages_have_their_published_digests),
        cmocka_unit_test(a_chain_is_of_its_pieces_in_their_order),
        cmocka_unit_test(a_file_is_digested_but_for_its_hole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

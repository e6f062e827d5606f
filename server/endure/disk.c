// A disk with a volatile write cache, as one file: `disk IMAGE MOUNTPOINT`.
//
// The mount point holds two files. `disk` has the size and content of IMAGE; what is written to it
// stays in a volatile cache until a flush (fsync) arrives, and a loop device over it sends one for
// each flush of the file system above. `control` takes one command at a time:
//
//   cut FILE MODE SEED   write to FILE what a power cut at this moment would leave on the disk
//   lie on|off           confirm flushes without doing them, as a disk that lies does
//   fail WHAT|none       answer WHAT (read, write, flush or all) with an I/O error
//
// and tells counters when it is read. The modes of a cut say what becomes of writes that no flush
// has confirmed: `none` survives, `all` survive, `whole` drops each of them at random, `torn512`
// and `torn4096` drop each sector or block of each of them at random.
//
// Survivors are applied in the order in which they were written. That covers every order: if two
// writes overlap and the older one reached the platter last, the newer one was lost.

#define FUSE_USE_VERSION 31
#include <errno.h>
#include <fcntl.h>
#include <fuse.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct pending {
    size_t offset, length;
    char *data;
};

// `current` is what reads see; `stable` is what a power cut leaves.
static char *current, *stable;
static size_t size;
static struct pending *cache;
static size_t cached, room;
static unsigned long reads, writes, flushes, failures;
static int lies, fail_reads, fail_writes, fail_flushes;

static void apply(const struct pending *write) {
    memcpy(stable + write->offset, write->data, write->length);
}

static void flush_cache(void) {
    for (size_t i = 0; i < cached; i++) {
        apply(&cache[i]);
        free(cache[i].data);
    }
    cached = 0;
}

static uint64_t state;

// xorshift64*: repeatable by its seed, which rand_r is not across C libraries.
static int coin(void) {
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (state * 0x2545F4914F6CDD1DULL) >> 63;
}

static int cut(const char *file, const char *mode, uint64_t seed) {
    size_t unit = 0;
    state = seed * 0x9E3779B97F4A7C15ULL + 1;
    if (!strcmp(mode, "torn512")) unit = 512;
    else if (!strcmp(mode, "torn4096")) unit = 4096;
    else if (strcmp(mode, "none") && strcmp(mode, "all") && strcmp(mode, "whole")) return -EINVAL;
    int fd = open(file, O_RDWR | O_CREAT | O_TRUNC, 0600);
    if (fd < 0) return -errno;
    int outcome = ftruncate(fd, size) ? -errno : 0;
    // Holes stay holes: most of a new file system is empty.
    static const char zeros[1 << 16];
    for (size_t at = 0; at < size && !outcome; at += sizeof zeros) {
        size_t length = size - at < sizeof zeros ? size - at : sizeof zeros;
        if (memcmp(stable + at, zeros, length) && pwrite(fd, stable + at, length, at) < 0)
            outcome = -errno;
    }
    for (size_t i = 0; i < cached && !outcome && strcmp(mode, "none"); i++) {
        const struct pending *one = &cache[i];
        size_t step = unit ? unit : one->length;
        for (size_t at = 0; at < one->length && !outcome; at += step) {
            size_t length = one->length - at < step ? one->length - at : step;
            if (!strcmp(mode, "all") || coin())
                if (pwrite(fd, one->data + at, length, one->offset + at) < 0) outcome = -errno;
        }
    }
    close(fd);
    return outcome;
}

static int command(const char *line) {
    char word[16], file[4096], mode[16];
    unsigned long long seed;
    if (sscanf(line, "cut %4095s %15s %llu", file, mode, &seed) == 3) return cut(file, mode, seed);
    if (sscanf(line, "lie %15s", word) == 1) {
        lies = !strcmp(word, "on");
        return 0;
    }
    if (sscanf(line, "fail %15s", word) == 1) {
        int all = !strcmp(word, "all");
        fail_reads = all || !strcmp(word, "read");
        fail_writes = all || !strcmp(word, "write");
        fail_flushes = all || !strcmp(word, "flush");
        return 0;
    }
    return -EINVAL;
}

static int is_disk(const char *path) { return !strcmp(path, "/disk"); }
static int is_control(const char *path) { return !strcmp(path, "/control"); }

static int on_getattr(const char *path, struct stat *st, struct fuse_file_info *file) {
    (void)file;
    memset(st, 0, sizeof *st);
    st->st_nlink = 1;
    if (!strcmp(path, "/")) st->st_mode = S_IFDIR | 0700;
    else if (is_disk(path) || is_control(path)) st->st_mode = S_IFREG | 0600;
    else return -ENOENT;
    st->st_size = is_disk(path) ? (off_t)size : 0;
    return 0;
}

static int on_readdir(const char *path, void *buffer, fuse_fill_dir_t fill, off_t offset,
                      struct fuse_file_info *file, enum fuse_readdir_flags flags) {
    (void)path, (void)offset, (void)file, (void)flags;
    fill(buffer, "disk", NULL, 0, 0);
    fill(buffer, "control", NULL, 0, 0);
    return 0;
}

static int on_open(const char *path, struct fuse_file_info *file) {
    if (!is_disk(path) && !is_control(path)) return -ENOENT;
    // Without it the kernel's page cache would stand between the loop device and this cache.
    file->direct_io = 1;
    return 0;
}

static int on_read(const char *path, char *buffer, size_t length, off_t offset, struct fuse_file_info *file) {
    (void)file;
    if (is_control(path)) {
        char told[256];
        int all = snprintf(told, sizeof told, "reads %lu\nwrites %lu\nflushes %lu\nfailures %lu\npending %zu\n",
                           reads, writes, flushes, failures, cached);
        if (offset >= all) return 0;
        if (length > (size_t)(all - offset)) length = all - offset;
        memcpy(buffer, told + offset, length);
        return length;
    }
    if (fail_reads) return failures++, -EIO;
    if ((size_t)offset >= size) return 0;
    if (length > size - offset) length = size - offset;
    memcpy(buffer, current + offset, length);
    reads++;
    return length;
}

static int on_write(const char *path, const char *data, size_t length, off_t offset, struct fuse_file_info *file) {
    (void)file;
    if (is_control(path)) {
        char line[8192];
        size_t taken = length < sizeof line - 1 ? length : sizeof line - 1;
        memcpy(line, data, taken);
        line[taken] = 0;
        int outcome = command(line);
        return outcome ? outcome : (int)length;
    }
    if (fail_writes) return failures++, -EIO;
    if ((size_t)offset + length > size) return -ENOSPC;
    if (cached == room) {
        size_t more = room ? room * 2 : 1024;
        struct pending *grown = realloc(cache, more * sizeof *cache);
        if (!grown) return -ENOMEM;
        cache = grown, room = more;
    }
    char *copy = malloc(length);
    if (!copy) return -ENOMEM;
    memcpy(copy, data, length);
    memcpy(current + offset, data, length);
    cache[cached++] = (struct pending){offset, length, copy};
    writes++;
    return length;
}

static int on_fsync(const char *path, int only_data, struct fuse_file_info *file) {
    (void)file, (void)only_data;
    if (!is_disk(path)) return 0;
    if (fail_flushes) return failures++, -EIO;
    flushes++;
    if (!lies) flush_cache();
    return 0;
}

static int on_truncate(const char *path, off_t length, struct fuse_file_info *file) {
    (void)file, (void)length;
    return is_control(path) ? 0 : -EPERM;
}

static const struct fuse_operations operations = {
    .getattr = on_getattr, .readdir = on_readdir, .open = on_open, .read = on_read,
    .write = on_write, .fsync = on_fsync, .truncate = on_truncate,
};

int main(int count, char **arguments) {
    if (count != 3) return fprintf(stderr, "usage: disk IMAGE MOUNTPOINT\n"), 2;
    int fd = open(arguments[1], O_RDONLY);
    struct stat st;
    if (fd < 0 || fstat(fd, &st)) return perror(arguments[1]), 1;
    size = st.st_size;
    current = calloc(1, size), stable = calloc(1, size);
    if (!current || !stable) return perror("memory"), 1;
    for (size_t at = 0; at < size;) {
        ssize_t got = pread(fd, current + at, size - at, at);
        if (got <= 0) return perror(arguments[1]), 1;
        at += got;
    }
    close(fd);
    memcpy(stable, current, size);
    // One thread, in the foreground: writes are taken in the order in which they come.
    char *options[] = {arguments[0], "-f", "-s", arguments[2]};
    return fuse_main(4, options, &operations, NULL);
}

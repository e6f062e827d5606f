// Preloaded (LD_PRELOAD) into a program, fails its writes, reads and flushes on request.
//
// ENDURE_FAULTS names a file of four 32-bit numbers, shared with whoever gives the orders: the error
// number for writes, for reads and for flushes (0: no fault), and whether flushes are swallowed, that
// is, reported as done without being done. ENDURE_FOLDER limits all of it to files in that folder.
//
// ENDURE_STABLE names a folder that gets a copy of each file whenever it is flushed: what a power cut
// would leave if nothing survived that was not flushed.
//
// This is how a read-only remount and a failing disk are had that come and go: the kernel remounts
// no file system read-only while a program has a file of it open for writing.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

struct orders {
    volatile int32_t write, read, flush, swallow;
};

static struct orders none, *orders = &none;
static const char *folder = "/", *stable;
static pthread_mutex_t copying = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void begin(void) {
    const char *file = getenv("ENDURE_FAULTS"), *named = getenv("ENDURE_FOLDER");
    int fd = file ? open(file, O_RDWR | O_CLOEXEC) : -1;
    if (named) folder = named;
    stable = getenv("ENDURE_STABLE");
    if (fd < 0) return;
    void *map = mmap(NULL, sizeof none, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (map != MAP_FAILED) orders = map;
    close(fd);
}

static int path_of(int fd, char *path, size_t room) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, room - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return !strncmp(path, folder, strlen(folder));
}

static int in_folder(int fd) {
    char path[4096];
    return path_of(fd, path, sizeof path);
}

static int fails(int32_t error, int fd) {
    if (!error || !in_folder(fd)) return 0;
    errno = error;
    return 1;
}

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *data, size_t length) {
    REAL(write);
    return fails(orders->write, fd) ? -1 : real(fd, data, length);
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) {
    REAL(pwrite);
    return fails(orders->write, fd) ? -1 : real(fd, data, length, at);
}
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) {
    REAL(pwrite64);
    return fails(orders->write, fd) ? -1 : real(fd, data, length, at);
}
ssize_t writev(int fd, const struct iovec *pieces, int count) {
    REAL(writev);
    return fails(orders->write, fd) ? -1 : real(fd, pieces, count);
}
int ftruncate(int fd, off_t length) {
    REAL(ftruncate);
    return fails(orders->write, fd) ? -1 : real(fd, length);
}
int ftruncate64(int fd, off64_t length) {
    REAL(ftruncate64);
    return fails(orders->write, fd) ? -1 : real(fd, length);
}
int fallocate(int fd, int mode, off_t at, off_t length) {
    REAL(fallocate);
    return fails(orders->write, fd) ? -1 : real(fd, mode, at, length);
}
ssize_t read(int fd, void *data, size_t length) {
    REAL(read);
    return fails(orders->read, fd) ? -1 : real(fd, data, length);
}
ssize_t pread(int fd, void *data, size_t length, off_t at) {
    REAL(pread);
    return fails(orders->read, fd) ? -1 : real(fd, data, length, at);
}
ssize_t pread64(int fd, void *data, size_t length, off64_t at) {
    REAL(pread64);
    return fails(orders->read, fd) ? -1 : real(fd, data, length, at);
}
// One copy at a time, or an older one could end up over a newer one; and complete or not at all.
static void keep_copy(int fd) {
    char path[4096], made[8192], moved[8192], piece[1 << 16];
    if (!stable || !path_of(fd, path, sizeof path)) return;
    const char *name = strrchr(path, '/') + 1;
    snprintf(made, sizeof made, "%s/%s.new", stable, name);
    snprintf(moved, sizeof moved, "%s/%s", stable, name);
    pthread_mutex_lock(&copying);
    int to = open(made, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    off_t at = 0;
    ssize_t length = 0;
    while (to >= 0 && (length = pread(fd, piece, sizeof piece, at)) > 0) {
        if (write(to, piece, length) != length) break;
        at += length;
    }
    if (to >= 0) close(to);
    if (to < 0 || length || rename(made, moved)) unlink(made);
    pthread_mutex_unlock(&copying);
}

static int flushed(int fd, int (*real)(int)) {
    if (fails(orders->flush, fd)) return -1;
    if (orders->swallow && in_folder(fd)) return 0;
    int outcome = real(fd);
    if (!outcome) keep_copy(fd);
    return outcome;
}

int fsync(int fd) {
    REAL(fsync);
    return flushed(fd, real);
}
int fdatasync(int fd) {
    REAL(fdatasync);
    return flushed(fd, real);
}

// A file system that is read-only opens no file for writing.
static int refuses_to_open(const char *path, int flags) {
    if (orders->write != EROFS || !(flags & (O_WRONLY | O_RDWR | O_CREAT))) return 0;
    if (strncmp(path, folder, strlen(folder))) return 0;
    errno = EROFS;
    return 1;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = va_arg(rest, mode_t); \
        va_end(rest); \
        return refuses_to_open(path, flags) ? -1 : real(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)

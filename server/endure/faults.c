// Preloaded (LD_PRELOAD) into a program, fails its writes, reads and flushes on request.
//
// ENDURE_FAULTS names a file of four 32-bit numbers, shared with whoever gives the orders: the error
// number for writes, for reads and for flushes (0: no fault), and whether flushes are swallowed, that
// is, reported as done without being done. ENDURE_FOLDER limits all of it to files in that folder.
//
// This is how a read-only remount and a failing disk are had that come and go: the kernel remounts
// no file system read-only while a program has a file of it open for writing.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
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
static const char *folder = "/";

__attribute__((constructor)) static void begin(void) {
    const char *file = getenv("ENDURE_FAULTS"), *named = getenv("ENDURE_FOLDER");
    int fd = file ? open(file, O_RDWR | O_CLOEXEC) : -1;
    if (named) folder = named;
    if (fd < 0) return;
    void *map = mmap(NULL, sizeof none, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (map != MAP_FAILED) orders = map;
    close(fd);
}

static int in_folder(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    return length > 0 && (size_t)length >= strlen(folder) && !strncmp(path, folder, strlen(folder));
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
int fsync(int fd) {
    REAL(fsync);
    if (fails(orders->flush, fd)) return -1;
    return orders->swallow && in_folder(fd) ? 0 : real(fd);
}
int fdatasync(int fd) {
    REAL(fdatasync);
    if (fails(orders->flush, fd)) return -1;
    return orders->swallow && in_folder(fd) ? 0 : real(fd);
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

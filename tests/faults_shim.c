/* Counts what a process writes below one folder, and at the n-th time kills it or makes it fail.
 *
 * Loaded with LD_PRELOAD by tests/faults.py, which arms it in a child process. "To write" is anything that changes the
 * folder: write, pwrite, truncate, open for creation, rename, unlink, mkdir, rmdir, sync.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { OFF = 0, COUNT = 1, KILL = 2, FULL = 3, BROKEN = 4 };

static int mode = OFF;
static long at = 0, seen = 0;
static char folder[PATH_MAX];

void faults_arm(int new_mode, long n, const char *path) {
    snprintf(folder, sizeof folder, "%s", path);
    seen = 0;
    at = n;
    mode = new_mode;
}

long faults_seen(void) { return seen; }

static int is_below(const char *path) { return path && strncmp(path, folder, strlen(folder)) == 0; }

static int is_fd_below(int fd) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n < 0) return 0;
    path[n] = 0;
    return is_below(path);
}

/* Whether this one fails; a full disk stays full, a broken write comes once. `grows`: it needs space. */
static int strikes(int grows) {
    seen++;
    if (mode == KILL && seen == at) kill(getpid(), SIGKILL);
    if (mode == FULL && grows && seen >= at) { errno = ENOSPC; return 1; }
    if (mode == BROKEN && seen == at) { errno = EIO; return 1; }
    return 0;
}

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *data, size_t n) {
    REAL(write);
    if (mode && is_fd_below(fd) && strikes(1)) return -1;
    return real(fd, data, n);
}
ssize_t pwrite(int fd, const void *data, size_t n, off_t where) {
    REAL(pwrite);
    if (mode && is_fd_below(fd) && strikes(1)) return -1;
    return real(fd, data, n, where);
}
ssize_t pwrite64(int fd, const void *data, size_t n, off64_t where) {
    REAL(pwrite64);
    if (mode && is_fd_below(fd) && strikes(1)) return -1;
    return real(fd, data, n, where);
}
int ftruncate(int fd, off_t n) {
    REAL(ftruncate);
    if (mode && is_fd_below(fd) && strikes(1)) return -1;
    return real(fd, n);
}
int ftruncate64(int fd, off64_t n) {
    REAL(ftruncate64);
    if (mode && is_fd_below(fd) && strikes(1)) return -1;
    return real(fd, n);
}
int fsync(int fd) {
    REAL(fsync);
    if (mode && is_fd_below(fd) && strikes(0)) return -1;
    return real(fd);
}
int fdatasync(int fd) {
    REAL(fdatasync);
    if (mode && is_fd_below(fd) && strikes(0)) return -1;
    return real(fd);
}
int rename(const char *from, const char *to) {
    REAL(rename);
    if (mode && is_below(to) && strikes(0)) return -1;
    return real(from, to);
}
int unlink(const char *path) {
    REAL(unlink);
    if (mode && is_below(path) && strikes(0)) return -1;
    return real(path);
}
int mkdir(const char *path, mode_t rights) {
    REAL(mkdir);
    if (mode && is_below(path) && strikes(1)) return -1;
    return real(path, rights);
}
int open(const char *path, int flags, ...) {
    REAL(open);
    va_list rest;
    va_start(rest, flags);
    int rights = va_arg(rest, int);
    va_end(rest);
    if (mode && (flags & O_CREAT) && is_below(path) && strikes(1)) return -1;
    return real(path, flags, rights);
}
int open64(const char *path, int flags, ...) {
    REAL(open64);
    va_list rest;
    va_start(rest, flags);
    int rights = va_arg(rest, int);
    va_end(rest);
    if (mode && (flags & O_CREAT) && is_below(path) && strikes(1)) return -1;
    return real(path, flags, rights);
}

"""File systems that fill up, and disks that lose power or fail. All of it needs root."""

import atexit
import mmap
import os
import shutil
import struct
import subprocess
import sys
import time
from pathlib import Path

from harness import compile_c

MEGABYTE = 1 << 20


def need_root():
    if os.geteuid() != 0:
        sys.exit("This part mounts file systems, and so has to be run as root.")
    for command in ("mkfs.ext4", "losetup", "mount", "umount", "e2fsck"):
        if not shutil.which(command):
            sys.exit(f"{command} is missing: apt-get install e2fsprogs mount")


def make_ext4(image, megabytes):
    with open(image, "wb") as file:
        file.truncate(megabytes * MEGABYTE)
    # The same journal as on any disk; `-m 0` since nothing is to be left for root, whom it runs as.
    subprocess.run(["mkfs.ext4", "-q", "-F", "-m", "0", str(image)], check=True)
    return image


class Mount:
    """An image or a loop device's file, as an ext4 with barriers, which ext4 has by default."""

    mounted = []

    def __init__(self, image, folder, options="errors=remount-ro"):
        self.folder = Path(folder)
        self.folder.mkdir(exist_ok=True)
        made = subprocess.run(
            ["losetup", "-f", "--show", str(image)], check=True, capture_output=True, text=True
        )
        self.device = made.stdout.strip()
        Mount.mounted.append(self)
        done = subprocess.run(
            ["mount", "-t", "ext4", "-o", options, self.device, str(self.folder)], capture_output=True, text=True
        )
        self.is_mounted = done.returncode == 0
        if not self.is_mounted:
            self.close()
            raise RuntimeError(f"cannot mount {image}: {done.stderr}")

    def close(self):
        if self not in Mount.mounted:
            return
        Mount.mounted.remove(self)
        # A program that was killed a moment ago may still hold a file.
        for _ in range(100):
            if not self.is_mounted or subprocess.run(["umount", str(self.folder)], capture_output=True).returncode == 0:
                break
            time.sleep(0.05)
        else:
            subprocess.run(["umount", "-l", str(self.folder)], capture_output=True)
        subprocess.run(["losetup", "-d", self.device], capture_output=True)

    def free(self):
        of = os.statvfs(self.folder)
        return of.f_bavail * of.f_frsize

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Disk:
    """A disk with a volatile write cache (disk.c); `file` is what a loop device goes over."""

    attached = []

    def __init__(self, program, image, folder):
        self.folder = Path(folder)
        self.folder.mkdir(exist_ok=True)
        self.process = subprocess.Popen([str(program), str(image), str(self.folder)], stderr=subprocess.PIPE)
        Disk.attached.append(self)
        self.file = self.folder / "disk"
        for _ in range(500):
            if self.file.exists():
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.01)
        raise RuntimeError(f"the disk was not attached: {self.process.stderr.read().decode()}")

    @staticmethod
    def build(folder):
        if not Path("/dev/fuse").exists():
            sys.exit("There is no /dev/fuse, which the disk with a volatile cache needs.")
        found = subprocess.run(["pkg-config", "--cflags", "--libs", "fuse3"], capture_output=True, text=True)
        if found.returncode or not shutil.which("cc"):
            sys.exit("A C compiler and libfuse are needed: apt-get install gcc pkg-config fuse3 libfuse3-dev")
        return compile_c("disk.c", folder / "disk-with-cache", *found.stdout.split())

    def command(self, line):
        fd = os.open(self.folder / "control", os.O_WRONLY)
        try:
            os.write(fd, line.encode())
        finally:
            os.close(fd)

    def cut(self, image, mode, seed):
        """What a power cut at this moment leaves on the disk, as an image."""
        self.command(f"cut {image} {mode} {seed}")

    def counters(self):
        lines = (self.folder / "control").read_text().split("\n")
        return {name: int(value) for name, value in (line.split() for line in lines if line)}

    def close(self):
        if self not in Disk.attached:
            return
        Disk.attached.remove(self)
        for _ in range(100):
            if subprocess.run(["umount", str(self.folder)], capture_output=True).returncode == 0:
                break
            time.sleep(0.05)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Faults:
    """Faults at the system call, in one program (faults.c)."""

    def __init__(self, folder, limited_to):
        self.library = compile_c("faults.c", folder / "faults.so", "-shared", "-fPIC", "-ldl")
        self.file = folder / "faults.orders"
        self.file.write_bytes(bytes(16))
        with open(self.file, "r+b") as file:
            self.orders = mmap.mmap(file.fileno(), 16)
        self.env = {
            "LD_PRELOAD": str(self.library), "ENDURE_FAULTS": str(self.file), "ENDURE_FOLDER": str(limited_to),
        }

    def set(self, write=0, read=0, flush=0, swallow=0):
        self.orders[:] = struct.pack("4i", write, read, flush, swallow)

    def clear(self):
        self.set()


@atexit.register
def _detach_all():
    for one in [*reversed(Mount.mounted), *reversed(Disk.attached)]:
        one.close()

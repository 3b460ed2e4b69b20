package coppice.engine.exchange;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.kernel.platform.Disk;
import coppice.kernel.platform.LocalDisk;
import java.nio.file.Files;
import java.nio.file.Path;

/// A single file outside of any database.
///
/// @param disk the directory that it is in
/// @param name its name there
public record NamedFile(Disk disk, String name) {
    /// One that is there.
    public static NamedFile toRead(Path path) {
        if (!Files.isRegularFile(path)) {
            throw refused(path, Files.exists(path) ? "'" + path + "' is no file" : "There is no file '" + path + "'");
        }
        return of(path);
    }

    /// One that is to be made or replaced, in a directory that is there.
    public static NamedFile toWrite(Path path) {
        if (Files.isDirectory(path)) {
            throw refused(path, "'" + path + "' is a directory");
        }
        NamedFile named = of(path);
        if (!named.disk.exists("")) {
            throw refused(path, "There is no directory to write '" + path + "' into");
        }
        return named;
    }

    private static NamedFile of(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        Path directory = whole.getParent();
        Path name = whole.getFileName();
        if (directory == null || name == null) {
            throw refused(path, "'" + path + "' is no file");
        }
        return new NamedFile(LocalDisk.at(directory), name.toString());
    }

    private static DatabaseException refused(Path path, String why) {
        return new DatabaseException.Incorrect(
                        ErrorCode.NO_FILE, why + ": give the path of a file in a directory that is there")
                .with("path", path);
    }
}

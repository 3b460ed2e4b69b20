package coppice.engine;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.kernel.platform.Disk;
import coppice.kernel.platform.LocalDisk;
import java.nio.file.Path;

/// A single file outside of any database.
///
/// @param disk the directory that it is in
/// @param name its name there
record NamedFile(Disk disk, String name) {
    static NamedFile of(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        Path directory = whole.getParent();
        Path name = whole.getFileName();
        if (directory == null || name == null) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.NOT_A_DATABASE, "'" + path + "' is no file: give the path of one")
                    .with("path", path);
        }
        return new NamedFile(LocalDisk.at(directory), name.toString());
    }
}

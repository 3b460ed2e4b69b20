package coppice.kernel.platform;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/// Finds out why the operating system refused. Java gives a type for some reasons, the system's text for
/// others; the text may be in the user's language, so what neither tells is asked of the file system itself.
final class Failures {
    private Failures() {}

    static StorageException of(String name, Path path, IOException e) {
        return new StorageException(kind(path, e), name.isEmpty() ? path.toString() : name, e);
    }

    private static StorageException.Kind kind(Path path, IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> StorageException.Kind.NOT_FOUND;
            case FileAlreadyExistsException _ -> StorageException.Kind.EXISTS;
            case AccessDeniedException _ -> StorageException.Kind.DENIED;
            default -> kindByText(path, e);
        };
    }

    private static StorageException.Kind kindByText(Path path, IOException e) {
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("no space left") || text.contains("quota exceeded") || text.contains("not enough space")) {
            return StorageException.Kind.NO_SPACE;
        }
        if (text.contains("read-only file system") || text.contains("write protected")) {
            return StorageException.Kind.READ_ONLY;
        }
        if (text.contains("permission denied") || text.contains("access is denied") || text.contains("not permitted")) {
            return StorageException.Kind.DENIED;
        }
        return kindByLooking(path, e);
    }

    private static StorageException.Kind kindByLooking(Path path, IOException e) {
        if (e instanceof FileNotFoundException) {
            if (!Files.exists(path)) {
                return StorageException.Kind.NOT_FOUND;
            }
            if (!Files.isDirectory(path) && !(Files.isReadable(path) && Files.isWritable(path))) {
                return StorageException.Kind.DENIED;
            }
        }
        try {
            Path nearest = path;
            while (!Files.exists(nearest) && nearest.getParent() != null) {
                nearest = nearest.getParent();
            }
            if (!nearest.equals(path) && !Files.isDirectory(nearest)) {
                return StorageException.Kind.NOT_FOUND; // a file where a directory should be
            }
            FileStore store = Files.getFileStore(nearest);
            if (store.isReadOnly()) {
                return StorageException.Kind.READ_ONLY;
            }
            return store.getUsableSpace() == 0 ? StorageException.Kind.NO_SPACE : StorageException.Kind.IO;
        } catch (IOException _) {
            return StorageException.Kind.IO;
        }
    }
}

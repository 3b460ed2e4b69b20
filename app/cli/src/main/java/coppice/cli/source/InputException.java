package coppice.cli.source;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Input that cannot be used: says which file, which line, what is wrong and what to do.
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// About a file as a whole.
    public InputException(Path file, String message) {
        super(file + ": " + message);
    }

    /// About one line of a file.
    public InputException(Path file, long line, String message) {
        super(file + ", line " + line + ": " + message);
    }

    /// Why a file could not be read or written, in words.
    public static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "permission denied";
            case NoSuchFileException missing -> "there is no such file or directory";
            case FileAlreadyExistsException exists -> "it is there already";
            case CharacterCodingException notText ->
                "it is not UTF-8 text; convert it first, for example: iconv -f ISO-8859-1 -t UTF-8";
            default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
        };
    }
}

package coppice.cli.command;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.structure.Secret;
import coppice.cli.source.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/// The options that say the secret of an encrypted dict. None takes the secret itself: others on the machine can
/// see the words of a command.
final class SecretOption {
    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description =
                    "The dict is encrypted: the passphrase is the text of this file, without the end of its line.")
    private Optional<String> passphrase = Optional.empty();

    @Option(
            names = "--secret-env",
            paramLabel = "NAME",
            description = "The dict is encrypted: the passphrase is in this environment variable.")
    private Optional<String> variable = Optional.empty();

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "The dict is encrypted: the key is the 32 bytes of this file, or 64 hexadecimal digits.")
    private Optional<String> key = Optional.empty();

    /// Whether there is one.
    boolean isGiven() {
        return passphrase.isPresent() || variable.isPresent() || key.isPresent();
    }

    /// Refuses more than one.
    void checkUsage() {
        if (Stream.of(passphrase, variable, key).filter(Optional::isPresent).count() > 1) {
            throw Failure.usage("a dict has one secret: say --secret-file, --secret-env or --key-file");
        }
    }

    /// The secret, if there is one.
    Optional<Secret> read(Shell shell) {
        return passphrase
                .map(file -> passphrase(shell, file))
                .or(() -> key.map(file -> key(shell, file)))
                .or(() -> variable.map(name -> variable(shell, name)));
    }

    private static Secret variable(Shell shell, String name) {
        String text = shell.environment().getOrDefault(name, "");
        if (text.isEmpty()) {
            throw new Failure("the environment variable " + name + " has no passphrase: set it, or say --secret-file");
        }
        return Secret.passphrase(text.toCharArray());
    }

    /// The passphrase in a file.
    static Secret passphrase(Shell shell, String file) {
        byte[] bytes = content(shell, file);
        try {
            CharBuffer text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            int end = text.length();
            while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
                end--;
            }
            char[] chars = new char[end];
            text.get(chars);
            return Secret.passphrase(chars);
        } catch (CharacterCodingException | IllegalArgumentException none) {
            throw new Failure(file + " has no passphrase: it is a line of text in UTF-8", none);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /// The key in a file.
    static Secret key(Shell shell, String file) {
        byte[] bytes = content(shell, file);
        try {
            boolean isRaw = bytes.length == Secret.KEY_BYTES;
            return Secret.key(isRaw ? bytes : HexFormat.of().parseHex(new String(bytes, US_ASCII).strip()));
        } catch (IllegalArgumentException none) {
            throw new Failure(file + " has no key: it is 32 random bytes, or 64 hexadecimal digits", none);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static byte[] content(Shell shell, String file) {
        try {
            return Files.readAllBytes(shell.directory().resolve(file));
        } catch (IOException failure) {
            throw new Failure(file + " cannot be read: " + InputException.reason(failure), failure);
        }
    }
}

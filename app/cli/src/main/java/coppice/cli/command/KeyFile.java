package coppice.cli.command;

import static java.nio.charset.StandardCharsets.US_ASCII;

import coppice.api.Signer;
import coppice.cli.source.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/// An Ed25519 key pair in a file that only its owner may read: two lines, the public key (X.509) and the private one
/// (PKCS #8), in Base64. Of a file with the first line alone, signatures can be verified.
final class KeyFile {
    private KeyFile() {}

    static void make(Shell shell, String name) {
        Path file = shell.directory().resolve(name);
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            Base64.Encoder encoder = Base64.getEncoder();
            String text = encoder.encodeToString(pair.getPublic().getEncoded()) + "\n"
                    + encoder.encodeToString(pair.getPrivate().getEncoded()) + "\n";
            if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, text, US_ASCII);
            } else {
                Files.writeString(file, text, US_ASCII, StandardOpenOption.CREATE_NEW);
            }
        } catch (IOException failure) {
            throw new Failure("a key cannot be written to " + name + ": " + InputException.reason(failure), failure);
        } catch (GeneralSecurityException failure) {
            throw new Failure("this Java makes no Ed25519 keys: " + failure.getMessage(), failure);
        }
    }

    static Signer read(Shell shell, String name) {
        try {
            List<String> lines = Files.readAllLines(shell.directory().resolve(name), US_ASCII);
            KeyFactory factory = KeyFactory.getInstance("Ed25519");
            Base64.Decoder decoder = Base64.getDecoder();
            var publicKey = factory.generatePublic(new X509EncodedKeySpec(decoder.decode(lines.get(0))));
            var privateKey = lines.size() < 2
                    ? null
                    : factory.generatePrivate(new PKCS8EncodedKeySpec(decoder.decode(lines.get(1))));
            return Signer.of(new KeyPair(publicKey, privateKey));
        } catch (IOException failure) {
            throw new Failure("the key file " + name + " cannot be read: " + InputException.reason(failure), failure);
        } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException failure) {
            throw new Failure(
                    name + " is no key file; coppice tag --new-key FILE makes one: " + failure.getMessage(), failure);
        }
    }
}

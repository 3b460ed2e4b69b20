package coppice.cli.command;

import coppice.api.Commit;
import coppice.api.CommitMessage;
import coppice.api.Database;
import coppice.api.SignatureCheck;
import coppice.api.Tag;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.cli.view.Shown;
import coppice.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lists, makes, verifies and removes tags.
final class TagTask extends DatabaseTask {
    @Parameters(index = "0", paramLabel = "NAME", arity = "0..1", description = "The tag to make; else all are listed.")
    private Optional<String> name = Optional.empty();

    @Parameters(index = "1", paramLabel = "REF", arity = "0..1", description = "What it names; else the branch of -b.")
    private Optional<String> at = Optional.empty();

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            description = "Make an annotated tag that says this.")
    private Optional<String> message = Optional.empty();

    @Option(names = "--sign", paramLabel = "FILE", description = "Sign with the Ed25519 key pair in this file.")
    private Optional<String> key = Optional.empty();

    @Option(names = "--new-key", paramLabel = "FILE", description = "Make a key pair to sign with, in a new file.")
    private Optional<String> newKey = Optional.empty();

    @Option(
            names = "--verify",
            paramLabel = "FILE",
            description = "Check the signature of NAME, a tag or any other ref," + " against the key in this file.")
    private Optional<String> verify = Optional.empty();

    @Option(names = "--delete", paramLabel = "NAME", description = "Remove this tag.")
    private Optional<String> delete = Optional.empty();

    /// People who come from git write -d and mean a tag.
    @Override
    String missing() {
        return "-d names a database, and coppice tag --delete NAME removes a tag";
    }

    @Override
    int run(Database db) {
        if (newKey.isPresent()) {
            KeyFile.make(shell(), newKey.get());
            done("made a key pair in " + newKey.get() + "; keep it to yourself", Json.object("key", newKey.get()));
        } else if (delete.isPresent()) {
            db.tags().delete(delete.get());
            done(
                    "removed the tag " + delete.get() + "; coppice undo brings it back",
                    Json.object("removed", delete.get()));
        } else if (verify.isPresent()) {
            return verify(db, name.map(this::ref).orElse(branchName()), verify.get());
        } else if (name.isPresent()) {
            make(db, name.get());
        } else {
            list(db);
        }
        return OK;
    }

    private void make(Database db, String tag) {
        String ref = at.map(this::ref).orElse(branchName());
        if (message.isPresent() || key.isPresent()) {
            CommitMessage text = CommitMessage.of(message.orElse(tag));
            db.tags()
                    .annotate(
                            tag,
                            ref,
                            key.map(file -> text.signed(KeyFile.read(shell(), file)))
                                    .orElse(text));
        } else {
            db.tags().create(tag, ref);
        }
        Commit named = db.resolve("tags/" + tag);
        done(
                "the tag " + tag + " names " + Shown.commit(named).plain(),
                Json.object("tag", tag, "commit", named.id().hex()));
    }

    private int verify(Database db, String ref, String file) {
        SignatureCheck check =
                db.verify(ref, List.of(KeyFile.read(shell(), file).publicKey()));
        String words = switch (check) {
            case SignatureCheck.Valid _ -> "is signed with the key of " + file;
            case SignatureCheck.Unknown _ -> "is signed, with another key than that of " + file;
            case SignatureCheck.Invalid(String why) -> "has a signature that is worth nothing: " + why;
            case SignatureCheck.Unsigned _ -> "is not signed";
        };
        result(
                Text.of(ref + " " + words),
                Json.object(
                        "ref",
                        ref,
                        "signature",
                        check.getClass().getSimpleName().toLowerCase(Locale.ROOT)));
        return check instanceof SignatureCheck.Valid ? OK : FAILED;
    }

    private void list(Database db) {
        Table table = new Table().words("tag").words("commit").words("by").words("message");
        for (Tag tag : db.tags().list()) {
            if (isJson()) {
                json(document(tag));
            }
            table.row(
                    Text.of(tag.name(), Style.CYAN),
                    Text.of(tag.commit().abbreviated(), Style.YELLOW),
                    Text.of(tag.annotation()
                            .map(said -> said.tagger() + (said.isSigned() ? ", signed" : ""))
                            .orElse("")),
                    Text.of(tag.annotation()
                            .flatMap(said -> said.message().lines().findFirst())
                            .orElse("")));
        }
        if (!isJson()) {
            screen().table(table);
        }
    }

    private static Json.Obj document(Tag tag) {
        Json.Obj document = Json.object(
                "tag",
                tag.name(),
                "commit",
                tag.commit().hex(),
                "created",
                tag.created().toString());
        return tag.annotation()
                .map(said -> document.with("tagger", Json.of(said.tagger()))
                        .with("time", Json.of(said.time().toString()))
                        .with("message", Json.of(said.message()))
                        .with("signed", Json.of(said.isSigned())))
                .orElse(document);
    }
}

package coppice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Commands that somebody types in an empty directory.
abstract class TypedCommands {
    @TempDir
    Path directory;

    Session user;

    @BeforeEach
    void begin() {
        user = new Session(directory);
    }

    final String done(String... words) {
        Session.Reply reply = user.run(words);
        assertThat(reply.code()).as(reply.toString()).isZero();
        return reply.out();
    }

    /// What is told beside the answer.
    final String told(String... words) {
        Session.Reply reply = user.run(words);
        assertThat(reply.code()).as(reply.toString()).isZero();
        return reply.err();
    }

    final String refused(String... words) {
        Session.Reply reply = user.run(words);
        assertThat(reply.code()).as(reply.toString()).isNotZero();
        return reply.err();
    }
}

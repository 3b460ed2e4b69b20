package coppice.engine.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.Hash;
import java.util.List;

/// What is made of what: rows that are written, or what a step makes of the rows of others.
public sealed interface Node {
    /// Names it: two of the same name have the same rows in every state.
    Hash name();

    /// The rows of a space.
    record OfSpace(String space) implements Node {
        @Override
        public Hash name() {
            return Hash.of(("space\0" + space).getBytes(UTF_8));
        }
    }

    /// The entries that a step makes.
    record Made(Step step, List<Node> inputs, Hash name) implements Node {
        public Made {
            inputs = List.copyOf(inputs);
        }
    }

    /// The entries that a step makes of these.
    static Made made(Step step, Node... inputs) {
        ByteWriter words = new ByteWriter().hash(step.name());
        for (Node input : inputs) {
            words.hash(input.name());
        }
        return new Made(step, List.of(inputs), Hash.of(words.toBytes()));
    }
}

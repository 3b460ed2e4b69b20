package coppice.structure.counter;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.structure.CounterView;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.StructureInfo;
import coppice.json.Json;
import coppice.structure.dump.Dump;
import coppice.structure.ground.ReadGround;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.stream.Stream;

/// A counter over a space, to read: the row `count`, which is a [Count].
public class SpaceCounterView implements CounterView {
    static final byte[] KEY = "count".getBytes(UTF_8);

    final StructureInfo counter;
    private final ReadGround ground;

    public SpaceCounterView(StructureInfo counter, ReadGround ground) {
        this.counter = counter;
        this.ground = ground;
    }

    @Override
    public String name() {
        return counter.name();
    }

    @Override
    public long value() {
        return stored().map(this::number).orElse(0L);
    }

    private Optional<byte[]> stored() {
        return ground.space(counter.name()).get(KEY);
    }

    final long number(byte[] stored) {
        try {
            return Count.decode(stored)
                    .orElseThrow(() -> wrong("is no count"))
                    .number()
                    .longValueExact();
        } catch (ArithmeticException beyond) {
            throw wrong("is beyond what 64 bits hold");
        }
    }

    private DatabaseException wrong(String why) {
        return new DatabaseException.Incorrect(
                        ErrorCode.VALUE_MISFIT, "What is stored for the counter '" + name() + "' " + why + ": reset it")
                .with("structure", name());
    }

    @Override
    public long dump(OutputStream out, DumpFormat format) throws IOException {
        Optional<Long> count = stored().map(this::number);
        Stream<Json> items = count.map(number -> (Json) Json.object("value", number)).stream();
        Dump.write(out, format, counter, count.isPresent() ? 1 : 0, items.iterator());
        return count.isPresent() ? 1 : 0;
    }
}

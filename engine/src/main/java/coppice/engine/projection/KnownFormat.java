package coppice.engine.projection;

import coppice.engine.projection.Artefacts.Known;
import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.Hash;
import java.util.ArrayList;
import java.util.List;

/// What is known of a step as bytes; `docs/format/artefacts.md` has the format.
final class KnownFormat {
    private static final int VERSION = 1;

    private KnownFormat() {}

    static byte[] write(List<Known> all) {
        ByteWriter out = new ByteWriter().u8(VERSION).varint(all.size());
        for (Known known : all) {
            out.varint(known.inputs().size());
            known.inputs().forEach(out::hash);
            out.hash(known.entries());
        }
        return out.toBytes();
    }

    /// @throws coppice.kernel.bytes.CorruptException when they are no such bytes
    static List<Known> read(byte[] bytes) {
        ByteReader in = new ByteReader("what is known of a projection", bytes);
        int version = in.u8();
        if (version != VERSION) {
            throw in.corrupt("version " + VERSION, "version " + version);
        }
        List<Known> all = new ArrayList<>();
        for (long left = in.varint(); left > 0; left--) {
            List<Hash> inputs = new ArrayList<>();
            for (long more = in.varint(); more > 0; more--) {
                inputs.add(in.hash());
            }
            all.add(new Known(inputs, in.hash()));
        }
        in.expectEnd();
        return all;
    }
}

package coppice.search.segment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.apache.lucene.util.Version;

/// Takes segments apart into what is kept of them, and puts them together.
///
/// | name of a part | what |
/// |---|---|
/// | id of the segment, `/`, codec, `/`, file | a file of Lucene, as the codec of that name has it |
/// | id of the segment, `//`, digest | the numbers of the documents that are dead, 4 bytes each |
final class SegmentParts {
    private static final String INFO_SUFFIX = ".si";
    private static final HexFormat HEX = HexFormat.of();

    private SegmentParts() {}

    static Map<String, Supplier<byte[]>> of(List<Segment> segments) {
        Map<String, Supplier<byte[]>> parts = new LinkedHashMap<>();
        for (Segment segment : segments) {
            SegmentInfo info = segment.info();
            String id = HEX.formatHex(info.getId()) + '/';
            for (String file : info.files()) {
                parts.put(id + info.getCodec().getName() + '/' + file, () -> read(info.dir, file));
            }
            byte[] dead = bytes(segment.deadDocuments());
            if (dead.length > 0) {
                parts.put(id + '/' + digest(dead), () -> dead);
            }
        }
        return parts;
    }

    private static byte[] bytes(int[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Integer.BYTES);
        bytes.asIntBuffer().put(numbers);
        return bytes.array();
    }

    private static String digest(byte[] bytes) {
        long[] halves = StringHelper.murmurhash3_x64_128(new BytesRef(bytes));
        return HEX.toHexDigits(halves[0]) + HEX.toHexDigits(halves[1]);
    }

    private static byte[] read(Directory files, String name) {
        try (IndexInput in = files.openInput(name, IOContext.READONCE)) {
            byte[] all = new byte[Math.toIntExact(in.length())];
            in.readBytes(all, 0, all.length);
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Nothing where a part is missing, or is of another version of Lucene.
    static Optional<List<Segment>> read(Map<String, byte[]> parts) {
        Map<String, Builder> builders = new TreeMap<>();
        try {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                String[] steps = part.getKey().split("/", 3);
                builders.computeIfAbsent(steps[0], Builder::new).add(steps[1], steps[2], part.getValue());
            }
            List<Segment> segments = new ArrayList<>();
            for (Builder builder : builders.values()) {
                segments.add(builder.build());
            }
            return Optional.of(segments);
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }

    /// Puts one segment together.
    private static final class Builder {
        private final byte[] id;
        private final Directory files = MemoryInput.files();
        private String codec = "";
        private String name = "";
        private int[] dead = {};

        Builder(String id) {
            this.id = HEX.parseHex(id);
        }

        void add(String codecName, String file, byte[] content) throws IOException {
            if (codecName.isEmpty()) {
                dead = new int[content.length / Integer.BYTES];
                ByteBuffer.wrap(content).asIntBuffer().get(dead);
                return;
            }
            codec = codecName;
            if (file.endsWith(INFO_SUFFIX)) {
                name = file.substring(0, file.length() - INFO_SUFFIX.length());
            }
            try (IndexOutput out = files.createOutput(file, IOContext.DEFAULT)) {
                out.writeBytes(content, content.length);
            }
        }

        /// @throws IllegalArgumentException for a codec that is not there any more
        Segment build() throws IOException {
            Codec how = Codec.forName(codec);
            SegmentInfo info = how.segmentInfoFormat().read(files, name, id, IOContext.READONCE);
            info.setCodec(how);
            SegmentInfos all = new SegmentInfos(Version.LATEST.major);
            all.add(new SegmentCommitInfo(info, 0, 0, -1, -1, -1, StringHelper.randomId()));
            all.commit(files);
            SegmentReader reader = (SegmentReader)
                    DirectoryReader.open(files).leaves().getFirst().reader();
            return Segment.of(reader, reader.getSegmentInfo().sizeInBytes()).without(dead);
        }
    }
}

package coppice.cli.source;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/// Finds out what separates the fields of a CSV file: the character that cuts the most of the first lines into as
/// many fields as the header has.
final class Separator {
    private static final char[] CANDIDATES = {',', ';', '\t', '|'};
    private static final int START = 64 << 10;
    private static final int LINES = 50;

    private Separator() {}

    static char of(Reader reader) throws IOException {
        char[] buffer = new char[START];
        int length = 0;
        for (int read = reader.read(buffer); read > 0; read = reader.read(buffer, length, START - length)) {
            length += read;
        }
        List<int[]> lines = count(buffer, length);
        int best = 0;
        long bestScore = -1;
        for (int c = 0; c < CANDIDATES.length; c++) {
            long score = score(lines, c);
            if (score > bestScore) {
                best = c;
                bestScore = score;
            }
        }
        return CANDIDATES[best];
    }

    private static long score(List<int[]> lines, int candidate) {
        if (lines.isEmpty() || lines.getFirst()[candidate] == 0) {
            return 0;
        }
        int expected = lines.getFirst()[candidate];
        long alike = lines.stream().filter(line -> line[candidate] == expected).count();
        return alike * 1000 + Math.min(expected, 999);
    }

    /// How often each candidate stands outside quotes in each of the first lines; a last line that is cut off does
    /// not count.
    private static List<int[]> count(char[] text, int length) {
        List<int[]> lines = new ArrayList<>();
        int[] counts = new int[CANDIDATES.length];
        boolean quoted = false;
        boolean blank = true;
        for (int i = 0; i < length && lines.size() < LINES; i++) {
            char c = text[i];
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '\n' || c == '\r')) {
                if (!blank) {
                    lines.add(counts);
                    counts = new int[CANDIDATES.length];
                    blank = true;
                }
                continue;
            }
            blank = false;
            for (int k = 0; k < CANDIDATES.length && !quoted; k++) {
                counts[k] += c == CANDIDATES[k] ? 1 : 0;
            }
        }
        if (lines.isEmpty() || (!blank && length < START && lines.size() < LINES)) {
            lines.add(counts);
        }
        return lines;
    }
}

package coppice.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The examples of a page in `docs/format`, so that a test can hold the page to the code.
///
/// An example is a fenced block that begins with ```` ```hex NAME ````; each of its lines is bytes in hexadecimal,
/// and after `|` what they mean.
public final class FormatPage {
    private FormatPage() {}

    /// The bytes of one example.
    public static byte[] example(String page, String name) throws IOException {
        List<String> lines = Files.readAllLines(page(page));
        int start = lines.indexOf("```hex " + name);
        if (start < 0) {
            throw new AssertionError("docs/format/" + page + " has no example '" + name + "'");
        }
        StringBuilder hex = new StringBuilder();
        for (String line : lines.subList(start + 1, lines.size())) {
            if (line.equals("```")) {
                return HexFormat.of().parseHex(hex);
            }
            hex.append(line.split("\\|", 2)[0].replace(" ", ""));
        }
        throw new AssertionError("The example '" + name + "' in docs/format/" + page + " has no end");
    }

    /// The names of all examples.
    public static List<String> names(String page) throws IOException {
        List<String> names = new ArrayList<>();
        for (String line : Files.readAllLines(page(page))) {
            if (line.startsWith("```hex ")) {
                names.add(line.substring("```hex ".length()));
            }
        }
        return names;
    }

    private static Path page(String page) {
        return Path.of("..", "docs", "format", page);
    }
}

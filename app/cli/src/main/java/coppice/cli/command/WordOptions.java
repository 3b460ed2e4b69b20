package coppice.cli.command;

import coppice.api.search.TextOptions;
import coppice.api.search.TextSearch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What is said about a search by words, and about how texts are searched.
final class WordOptions {
    @Option(
            names = "--fuzziness",
            paramLabel = "LETTERS",
            description = "With match and hybrid: by how many letters words may differ, 0, 1 or 2.")
    private int fuzziness;

    @Option(names = "--all-words", description = "With match: only documents that have all the words.")
    private boolean isAll;

    @Option(
            names = "--in",
            paramLabel = "MEMBER",
            description = "With match and text: only in this member, such as title, or title=3 for what counts three "
                    + "times; can be said several times.")
    private List<String> members = new ArrayList<>();

    @Option(names = "--highlight", description = "With match: show where.")
    private boolean isHighlighting;

    @Option(
            names = "--facet",
            paramLabel = "MEMBER",
            description = "With match: how many of all documents that are found have which value of this member.")
    private Optional<String> facet = Optional.empty();

    @Option(
            names = "--language",
            paramLabel = "CODE",
            description = "With text: the language, such as en, whose words are found in all their forms.")
    private Optional<String> language = Optional.empty();

    @Option(
            names = "--synonyms",
            paramLabel = "WORDS",
            description =
                    "With text: words or phrases that mean the same, with commas between them; can be said several "
                            + "times.")
    private List<String> synonyms = new ArrayList<>();

    @Option(
            names = "--parts",
            paramLabel = "MIN-MAX",
            description = "With text: how many letters parts of words have by which these are found, too: 3-4.")
    private Optional<String> parts = Optional.empty();

    int fuzziness() {
        return fuzziness;
    }

    Optional<String> facet() {
        return facet;
    }

    /// Refuses what a step has no use for.
    void check(boolean isMatch, boolean isHybrid, boolean isText) {
        refuse(!isMatch && !isHybrid && fuzziness != 0, "--fuzziness is for match and hybrid");
        refuse(!isMatch && isAll, "--all-words is for match");
        refuse(!isMatch && !isText && !members.isEmpty(), "--in is for match and text");
        refuse(!isMatch && isHighlighting, "--highlight is for match");
        refuse(!isMatch && facet.isPresent(), "--facet is for match");
        refuse(!isText && language.isPresent(), "--language is for text");
        refuse(!isText && !synonyms.isEmpty(), "--synonyms is for text");
        refuse(!isText && parts.isPresent(), "--parts is for text");
        refuse(fuzziness < 0 || fuzziness > 2, "--fuzziness is 0, 1 or 2, not " + fuzziness);
        weights();
        options();
    }

    private static void refuse(boolean isWrong, String why) {
        if (isWrong) {
            throw Failure.usage(why);
        }
    }

    private Map<String, Optional<Double>> weights() {
        Map<String, Optional<Double>> weights = new LinkedHashMap<>();
        for (String member : members) {
            int equals = member.lastIndexOf('=');
            weights.put(
                    equals < 0 ? member : member.substring(0, equals),
                    equals < 0 ? Optional.empty() : Optional.of(weight(member, member.substring(equals + 1))));
        }
        return weights;
    }

    private static double weight(String member, String digits) {
        try {
            double weight = Double.parseDouble(digits);
            if (weight > 0 && weight <= Float.MAX_VALUE) {
                return weight;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw Failure.usage("a weight is a number greater than 0, as in title=3, not '" + member + "'");
    }

    TextSearch<Object> applied(TextSearch<Object> search) {
        TextSearch<Object> next = search.fuzziness(fuzziness);
        if (isAll) {
            next = next.allWords();
        }
        if (isHighlighting) {
            next = next.highlight("[", "]");
        }
        for (Map.Entry<String, Optional<Double>> member : weights().entrySet()) {
            next = member.getValue().isPresent()
                    ? next.in(member.getKey(), member.getValue().get())
                    : next.in(member.getKey());
        }
        return next;
    }

    /// How texts are to be searched; nothing when nothing was said about it.
    Optional<TextOptions> options() {
        TextOptions options = TextOptions.standard();
        if (language.isPresent()) {
            options = options.language(language.get());
        }
        for (Map.Entry<String, Optional<Double>> member : weights().entrySet()) {
            options = options.member(member.getKey(), member.getValue().orElse(1.0));
        }
        for (String words : synonyms) {
            options = options.synonyms(words.strip().split("\\s*,\\s*"));
        }
        if (parts.isPresent()) {
            options = withParts(options, parts.get());
        }
        return options.equals(TextOptions.standard()) ? Optional.empty() : Optional.of(options);
    }

    private static TextOptions withParts(TextOptions options, String text) {
        String[] numbers = text.split("-", -1);
        try {
            if (numbers.length == 2) {
                return options.parts(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
            }
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw Failure.usage("--parts is two numbers of letters from 1 to 20, as in 3-4, not '" + text + "'");
    }
}

package coppice.structure.sketch;

import static coppice.api.structure.SketchQuestion.DISTINCT;
import static coppice.api.structure.SketchQuestion.FREQUENCY;
import static coppice.api.structure.SketchQuestion.MEMBERSHIP;
import static coppice.api.structure.SketchQuestion.QUANTILES;
import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.structure.SketchOptions;
import coppice.api.structure.SketchQuestion;
import coppice.json.Json;
import coppice.json.JsonReader;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The options of a sketch as its row has them: JSON with a member for each question.
final class StoredOptions {
    private static final String ERROR = "error";
    private static final String EXPECTED = "expected";
    private static final String FALSE_POSITIVES = "falsePositives";
    private static final String TRACKED = "tracked";

    private StoredOptions() {}

    static byte[] encode(SketchOptions options) {
        Set<SketchQuestion> asked = options.questions();
        Json.Obj json = Json.object();
        if (asked.contains(DISTINCT)) {
            json = json.with(DISTINCT.text(), Json.object(ERROR, number(options.distinctError())));
        }
        if (asked.contains(MEMBERSHIP)) {
            Json membership =
                    Json.object(EXPECTED, options.expected(), FALSE_POSITIVES, number(options.falsePositives()));
            json = json.with(MEMBERSHIP.text(), membership);
        }
        if (asked.contains(FREQUENCY)) {
            Json frequency = Json.object(ERROR, number(options.frequencyError()), TRACKED, (long) options.tracked());
            json = json.with(FREQUENCY.text(), frequency);
        }
        if (asked.contains(QUANTILES)) {
            json = json.with(QUANTILES.text(), Json.object(ERROR, number(options.quantileError())));
        }
        return json.text().getBytes(UTF_8);
    }

    private static Json number(double value) {
        return new Json.Num(Double.toString(value));
    }

    /// Reads them; nothing when they are none.
    static Optional<SketchOptions> decode(byte[] row) {
        return JsonReader.tryParse(row).flatMap(StoredOptions::decode);
    }

    static Optional<SketchOptions> decode(Json json) {
        try {
            return json instanceof Json.Obj(Map<String, Json> members) && !members.isEmpty()
                    ? Optional.of(decode(members))
                    : Optional.empty();
        } catch (IllegalArgumentException | ArithmeticException none) {
            return Optional.empty();
        }
    }

    private static SketchOptions decode(Map<String, Json> members) {
        Set<SketchQuestion> asked = members.keySet().stream()
                .map(StoredOptions::question)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(SketchQuestion.class)));
        SketchOptions options = SketchOptions.of(asked);
        if (asked.contains(DISTINCT)) {
            options = options.withDistinct(real(members.get(DISTINCT.text()), ERROR));
        }
        if (asked.contains(MEMBERSHIP)) {
            Json membership = members.get(MEMBERSHIP.text());
            options = options.withMembership(whole(membership, EXPECTED), real(membership, FALSE_POSITIVES));
        }
        if (asked.contains(FREQUENCY)) {
            Json frequency = members.get(FREQUENCY.text());
            options = options.withFrequency(real(frequency, ERROR), Math.toIntExact(whole(frequency, TRACKED)));
        }
        if (asked.contains(QUANTILES)) {
            options = options.withQuantiles(real(members.get(QUANTILES.text()), ERROR));
        }
        return options;
    }

    private static SketchQuestion question(String text) {
        return Arrays.stream(SketchQuestion.values())
                .filter(question -> question.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(text));
    }

    private static double real(@Nullable Json of, String name) {
        return member(of, name).value().doubleValue();
    }

    private static long whole(@Nullable Json of, String name) {
        return member(of, name).value().longValueExact();
    }

    private static Json.Num member(@Nullable Json of, String name) {
        if (of instanceof Json.Obj(Map<String, Json> members) && members.get(name) instanceof Json.Num number) {
            return number;
        }
        throw new IllegalArgumentException(name);
    }
}

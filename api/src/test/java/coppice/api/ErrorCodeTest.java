package coppice.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {
    private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| (\\w+) \\| (\\w+) \\|.*");

    private static List<MatchResult> rows() throws IOException {
        return Files.readAllLines(Path.of("../docs/errors.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(Matcher::toMatchResult)
                .toList();
    }

    @Test
    void thePageOfErrorsListsEveryCodeInOrder() throws IOException {
        assertThat(rows().stream().map(row -> row.group(1) + " " + row.group(2)))
                .containsExactlyElementsOf(Arrays.stream(ErrorCode.values())
                        .map(code -> code.number() + " " + code.name())
                        .toList());
    }

    @Test
    void thePageNamesAKindThatExists() throws IOException {
        List<String> kinds = Arrays.stream(DatabaseException.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList();
        assertThat(rows().stream().map(row -> row.group(3))).isSubsetOf(kinds);
    }

    @Test
    void numbersAreUnique() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::number)).doesNotHaveDuplicates();
    }
}

package coppice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    private static final List<String> BRANCHES = List.of("main", "trial", "feature/login");

    @Test
    void theNearestNameIsTakenWhenItIsNear() {
        assertThat(Suggestion.nearest("mian", BRANCHES)).contains("main");
        assertThat(Suggestion.nearest("trail", BRANCHES)).contains("trial");
        assertThat(Suggestion.nearest("feature/lgin", BRANCHES)).contains("feature/login");
        assertThat(Suggestion.nearest("nothing", BRANCHES)).isEmpty();
        assertThat(Suggestion.nearest("ab", List.of("cd"))).isEmpty();
        assertThat(Suggestion.nearest("main", List.of("main"))).isEmpty();
    }

    @Test
    void lettersAreAddedRemovedReplacedAndExchanged() {
        assertThat(Suggestion.distance("main", "main")).isZero();
        assertThat(Suggestion.distance("mian", "main")).isOne();
        assertThat(Suggestion.distance("man", "main")).isOne();
        assertThat(Suggestion.distance("mains", "main")).isOne();
        assertThat(Suggestion.distance("mein", "main")).isOne();
        assertThat(Suggestion.distance("", "main")).isEqualTo(4);
    }

    @Test
    void theLineCanBeRunAgain() {
        assertThat(Suggestion.instead(List.of("log", "mian~2", "-n", "3"), "mian", BRANCHES))
                .isEqualTo("; did you mean: coppice log main~2 -n 3");
        assertThat(Suggestion.instead(List.of("log", "v1..trail"), "trail", BRANCHES))
                .isEqualTo("; did you mean: coppice log v1..trial");
        assertThat(Suggestion.instead(List.of("put", "a b", "it's", "--branch=trail"), "trail", BRANCHES))
                .isEqualTo("; did you mean: coppice put 'a b' 'it'\\''s' --branch=trial");
        assertThat(Suggestion.instead(List.of("diff", "trails", "trail"), "trail", BRANCHES))
                .isEqualTo("; did you mean: coppice diff trails trial");
        assertThat(Suggestion.instead(List.of("log", "x"), "x", BRANCHES)).isEmpty();
    }
}

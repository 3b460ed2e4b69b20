package coppice.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CommitGraphTest {
    /// Draws commits given as `name parent parent`.
    private static String drawn(String... commits) {
        List<CommitGraph.Node> nodes = Arrays.stream(commits)
                .map(commit -> List.of(commit.split(" ", -1)))
                .map(words -> new CommitGraph.Node(
                        words.getFirst(), words.subList(1, words.size()), Text.of(words.getFirst())))
                .toList();
        return CommitGraph.draw(nodes).stream()
                .map(line -> line.plain().substring(1).stripTrailing())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void aLineOfCommitsIsOneLane() {
        assertThat(drawn("c b", "b a", "a")).isEqualTo("""
                 ●   c
                 ●   b
                 ●   a""");
    }

    @Test
    void aMergeOpensALaneThatEndsWhereTheBranchBegan() {
        assertThat(drawn("m b x", "x a", "b a", "a")).isEqualTo("""
                 ●   m
                 ├─╮
                 │ ●   x
                 ● │   b
                 ├─╯
                 ●   a""");
    }

    @Test
    void twoHeadsAreTwoLanes() {
        assertThat(drawn("y a", "x a", "a")).isEqualTo("""
                 ●   y
                 │ ●   x
                 ├─╯
                 ●   a""");
    }

    @Test
    void aLaneThatWaitsForTheOtherParentIsJoined() {
        assertThat(drawn("y x", "m b x", "x a", "b a", "a")).isEqualTo("""
                 ●   y
                 │ ●   m
                 ├─┤
                 ● │   x
                 │ ●   b
                 ├─╯
                 ●   a""");
    }

    @Test
    void linesCrossALaneBetweenThem() {
        assertThat(drawn("m b x", "n x", "b y", "x a", "y a", "a")).isEqualTo("""
                 ●   m
                 ├─╮
                 │ │ ●   n
                 ● │ │   b
                 │ ├─╯
                 │ ●   x
                 ● │   y
                 ├─╯
                 ●   a""");
        assertThat(drawn("p a", "q b", "r a", "b a", "a")).isEqualTo("""
                 ●   p
                 │ ●   q
                 │ │ ●   r
                 │ ● │   b
                 ├─┼─╯
                 ├─╯
                 ●   a""");
    }

    @Test
    void anOctopusHasALaneForEachParent() {
        assertThat(drawn("m a b c", "c z", "b z", "a z", "z")).isEqualTo("""
                 ●   m
                 ├─╮
                 ├─┼─╮
                 │ │ ●   c
                 │ ● │   b
                 ● │ │   a
                 ├─┼─╯
                 ├─╯
                 ●   z""");
    }

    @Test
    void parentsBeyondTheDrawingLeaveTheirLanesOpen() {
        assertThat(drawn("m b x", "b a")).isEqualTo("""
                 ●   m
                 ├─╮
                 ● │   b""");
    }
}

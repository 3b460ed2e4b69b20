package coppice.cli.render;

/// How a piece of text looks. The colours are the terminal's own eight, so that they fit the user's theme.
public enum Style {
    /// As the terminal writes by itself.
    PLAIN(""),
    /// Titles and column heads.
    BOLD("1"),
    /// What matters less: units, hints, hashes.
    DIM("2"),
    /// Removed, failed, the other side of a conflict.
    RED("31"),
    /// Added, succeeded, our side of a conflict.
    GREEN("32"),
    /// Changed, to be looked at.
    YELLOW("33"),
    /// A second accent, for lanes of a graph.
    BLUE("34"),
    /// A third accent, for lanes of a graph.
    MAGENTA("35"),
    /// Names: branches, spaces, keys.
    CYAN("36");

    private static final String ESCAPE = "\u001b[";
    private final String code;

    Style(String code) {
        this.code = code;
    }

    /// The text between the terminal sequences that switch this style on and off.
    String wrap(String text) {
        return this == PLAIN || text.isEmpty() ? text : ESCAPE + code + "m" + text + ESCAPE + "0m";
    }
}

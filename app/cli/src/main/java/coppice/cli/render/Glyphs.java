package coppice.cli.render;

/// The signs we draw with, and what stands for them where there is only ASCII.
final class Glyphs {
    private static final String SIGNS = "─│├┤┼╮╯╭╰●○█░→…·✓✗▸×≥≤–";
    private static final String ASCII = "-|||+\\//\\*o#.>..vx>x><-";

    private Glyphs() {}

    /// The text with each sign of ours replaced by its ASCII stand-in; everything else stays.
    static String ascii(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int sign = SIGNS.indexOf(text.charAt(i));
            plain.append(sign < 0 ? text.charAt(i) : ASCII.charAt(sign));
        }
        return plain.toString();
    }
}

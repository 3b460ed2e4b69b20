package coppice.search.text;

import coppice.search.text.Sought.Group;
import coppice.search.text.Sought.In;
import coppice.search.text.Sought.Phrase;
import coppice.search.text.Sought.Prefix;
import coppice.search.text.Sought.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Understands what a person types, whatever it is: what cannot be meant as a sign counts as text, or not at all.
///
/// ```
/// group   = chain { chain }                      -- all of them or one of them, as the search says
/// chain   = both { "OR" both }
/// both    = one { "AND" one }
/// one     = [ "+" | "-" | "NOT" ] [ member ":" ] ( word | phrase | "(" group ")" )
/// ```
final class TextParser {
    /// Brackets within more than so many others do not count.
    private static final int DEPTH_MAX = 20;

    private static final int EDITS_MAX = 2;
    private static final int MOVES_MAX = 100;

    private final String text;
    private final Predicate<String> isMember;
    private final boolean isAll;
    private int at;

    private TextParser(String text, Predicate<String> isMember, boolean isAll) {
        this.text = text;
        this.isMember = isMember;
        this.isAll = isAll;
    }

    /// @param isMember whether there is a member of a name, so that it is one before a colon
    /// @param isAll whether all that is said has to be there
    static Group parse(String text, Predicate<String> isMember, boolean isAll) {
        return new TextParser(text, isMember, isAll).group(0, true);
    }

    private enum Sign {
        NONE,
        MUST,
        NOT
    }

    private record Signed(Sign sign, Sought what) {}

    private Group group(int depth, boolean isOutermost) {
        List<Sought> must = new ArrayList<>();
        List<Sought> should = new ArrayList<>();
        List<Sought> not = new ArrayList<>();
        while (!isEnd(isOutermost)) {
            Optional<Signed> chain = chain(depth);
            chain.ifPresent(one -> listFor(one.sign(), must, should, not).add(one.what()));
            if (chain.isEmpty()) {
                skipSign(isOutermost);
            }
        }
        return new Group(must, should, not);
    }

    private List<Sought> listFor(Sign sign, List<Sought> must, List<Sought> should, List<Sought> not) {
        return switch (sign) {
            case MUST -> must;
            case NOT -> not;
            case NONE -> isAll ? must : should;
        };
    }

    /// Goes on where nothing was understood.
    private void skipSign(boolean isOutermost) {
        if (!takeWord("OR") && !takeWord("AND") && !takeWord("NOT") && !isEnd(isOutermost)) {
            at++;
        }
    }

    private boolean isEnd(boolean isOutermost) {
        skipSpace();
        return at == text.length() || (!isOutermost && text.charAt(at) == ')');
    }

    private Optional<Signed> chain(int depth) {
        Optional<Signed> first = both(depth);
        if (first.isEmpty() || !isNextWord("OR")) {
            return first;
        }
        List<Signed> all = new ArrayList<>(List.of(first.get()));
        while (takeWord("OR")) {
            both(depth).ifPresent(all::add);
        }
        return Optional.of(all.size() == 1 ? all.getFirst() : new Signed(Sign.NONE, any(all)));
    }

    private static Group any(List<Signed> all) {
        List<Sought> should = new ArrayList<>();
        for (Signed one : all) {
            should.add(one.sign() == Sign.NOT ? new Group(List.of(), List.of(), List.of(one.what())) : one.what());
        }
        return new Group(List.of(), should, List.of());
    }

    private Optional<Signed> both(int depth) {
        Optional<Signed> first = one(depth);
        if (first.isEmpty() || !isNextWord("AND")) {
            return first;
        }
        List<Signed> all = new ArrayList<>(List.of(first.get()));
        while (takeWord("AND")) {
            one(depth).ifPresent(all::add);
        }
        return Optional.of(all.size() == 1 ? all.getFirst() : new Signed(Sign.NONE, every(all)));
    }

    private static Group every(List<Signed> all) {
        List<Sought> must = new ArrayList<>();
        List<Sought> not = new ArrayList<>();
        for (Signed one : all) {
            (one.sign() == Sign.NOT ? not : must).add(one.what());
        }
        return new Group(must, List.of(), not);
    }

    private Optional<Signed> one(int depth) {
        skipSpace();
        Sign sign = sign();
        Optional<String> member = member();
        Optional<Sought> what = unsigned(depth);
        return what.map(one ->
                new Signed(sign, member.<Sought>map(name -> new In(name, one)).orElse(one)));
    }

    private Sign sign() {
        if (takeWord("NOT")) {
            skipSpace();
            return Sign.NOT;
        }
        if (at + 1 < text.length() && !Character.isWhitespace(text.charAt(at + 1))) {
            if (text.charAt(at) == '+') {
                at++;
                return Sign.MUST;
            }
            if (text.charAt(at) == '-') {
                at++;
                return Sign.NOT;
            }
        }
        return Sign.NONE;
    }

    private Optional<String> member() {
        int colon = at;
        while (colon < text.length() && !isBorder(text.charAt(colon)) && text.charAt(colon) != ':') {
            colon++;
        }
        if (colon < text.length() && text.charAt(colon) == ':' && isMember.test(text.substring(at, colon))) {
            String name = text.substring(at, colon);
            at = colon + 1;
            return Optional.of(name);
        }
        return Optional.empty();
    }

    private Optional<Sought> unsigned(int depth) {
        skipSpace();
        if (at == text.length()) {
            return Optional.empty();
        }
        return switch (text.charAt(at)) {
            case '(' -> depth < DEPTH_MAX ? Optional.of(bracketed(depth)) : Optional.empty();
            case ')' -> Optional.empty();
            case '"' -> Optional.of(phrase());
            default -> isNextSign() ? Optional.empty() : word();
        };
    }

    private Sought bracketed(int depth) {
        at++;
        Group group = group(depth + 1, false);
        if (at < text.length()) {
            at++; // the closing bracket
        }
        return group;
    }

    private Phrase phrase() {
        int end = text.indexOf('"', at + 1);
        String inner = text.substring(at + 1, end < 0 ? text.length() : end);
        at = end < 0 ? text.length() : end + 1;
        return new Phrase(inner, takeTilde(MOVES_MAX, 0));
    }

    private Optional<Sought> word() {
        int end = at;
        while (end < text.length() && !isBorder(text.charAt(end)) && text.charAt(end) != '~') {
            end++;
        }
        String word = text.substring(at, end);
        boolean isFuzzy = end < text.length() && text.charAt(end) == '~' && !word.isEmpty();
        at = isFuzzy ? end : Math.max(end, at + 1);
        if (isFuzzy) {
            return Optional.of(new Word(word, takeTilde(EDITS_MAX, EDITS_MAX)));
        }
        if (word.length() > 1 && word.endsWith("*")) {
            return Optional.of(new Prefix(word.substring(0, word.length() - 1)));
        }
        return word.isEmpty() ? Optional.empty() : Optional.of(new Word(word, Word.AS_ASKED));
    }

    /// The number behind a tilde.
    ///
    /// @param without where there is none
    private int takeTilde(int most, int without) {
        if (at == text.length() || text.charAt(at) != '~') {
            return 0;
        }
        at++;
        int number = 0;
        int begin = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            number = Math.min(most, number * 10 + text.charAt(at) - '0');
            at++;
        }
        return at == begin ? without : number;
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isBorder(char one) {
        return Character.isWhitespace(one) || one == '(' || one == ')' || one == '"';
    }

    private boolean isNextSign() {
        return isNextWord("AND") || isNextWord("OR") || isNextWord("NOT");
    }

    private boolean isNextWord(String word) {
        skipSpace();
        int end = at + word.length();
        return text.startsWith(word, at) && (end == text.length() || isBorder(text.charAt(end)));
    }

    private boolean takeWord(String word) {
        boolean isThere = isNextWord(word);
        if (isThere) {
            at += word.length();
        }
        return isThere;
    }
}

package coppice.expression;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What can be said about a row: a filter, a check, what an index sorts by, a computed field. An immutable tree;
/// equal trees mean the same.
///
/// ```java
/// Expression filter = Expression.parse("role = 'admin' AND age > :age");
/// ```
///
/// Logic has three values, as in SQL: an absent member is NULL, and what cannot be computed is NULL too. Nothing
/// that a document holds makes an evaluation fail. `docs/guide/expressions.md` has the grammar and the rules.
public sealed interface Expression {
    /// Reads an expression.
    ///
    /// @throws ExpressionException when it is malformed: says where, what was expected and what to write instead
    static Expression parse(String text) {
        return new Parser(text).whole();
    }

    /// Reads an expression and holds it against the types that the parts of documents are declared to have.
    /// Refuses what could only be NULL or never equal because of them, such as `age + name` and `age = 'x'`.
    ///
    /// @param declared the types that a path's value can have besides NULL; all where nothing is declared
    /// @throws ExpressionException when it is malformed, names what there cannot be, or does not fit the types:
    ///     says where
    static Expression parse(String text, Declared declared) {
        return parse(text, declared, "", EnumSet.allOf(Type.class));
    }

    /// Reads an expression whose value means something by certain types only; else as
    /// [#parse(String, Declared)].
    ///
    /// @param by what takes the value, for messages: `WHERE`
    /// @param wanted the types that it takes
    static Expression parse(String text, Declared declared, String by, Set<Type> wanted) {
        Parser parser = new Parser(text);
        Expression whole = parser.whole();
        new Typing(text, parser.places(), declared).want(by, wanted, whole);
        return whole;
    }

    /// A simpler expression that yields the same for every row: what is constant is computed, NOT stands as far
    /// inside as it can, AND in AND and OR in OR are one.
    default Expression simplified() {
        return Simplification.of(this);
    }

    /// What must hold each for this to hold: the terms of AND, or this alone.
    default List<Expression> conjuncts() {
        return this instanceof And(List<Expression> terms) ? terms : List.of(this);
    }

    /// The parts of documents that this reads, in the order in which they stand.
    default Set<Path> paths() {
        Set<Path> paths = new LinkedHashSet<>();
        Parts.paths(this, paths::add);
        return Collections.unmodifiableSet(paths);
    }

    /// The parameters that this has, in the order in which they stand.
    default Set<Parameter> parameters() {
        Set<Parameter> parameters = new LinkedHashSet<>();
        Parts.parameters(this, parameters::add);
        return Collections.unmodifiableSet(parameters);
    }

    /// This expression with others in the place of members of the document. Such a member is never MISSING.
    ///
    /// @param members by name; the others stay
    /// @throws IllegalArgumentException when a path goes on into one of them, or the whole becomes larger than what
    ///     can be looked at: more than 10,000 parts, nested more than 500 levels deep
    default Expression inlined(Map<String, Expression> members) {
        return Inlining.of(this, members);
    }

    /// Whether its value follows from those of other expressions and the row's key, so that the document need not
    /// be read for it.
    default boolean follows(Collection<? extends Expression> from) {
        return switch (this) {
            case Path path -> from.contains(path);
            case IsMissing _ -> false;
            default -> from.contains(this) || Parts.of(this).stream().allMatch(part -> part.follows(from));
        };
    }

    /// This expression with values in the place of its parameters.
    ///
    /// @param values by name; those by position have their number as name, from 1
    /// @throws IllegalArgumentException when a parameter has no value, or a value no parameter
    default Expression bind(Map<String, Value> values) {
        return Binding.of(this, values);
    }

    /// The canonical text, from which [#parse] makes an equal tree (where the tree came from text).
    @Override
    String toString();

    /// A value that is written out.
    record Constant(Value value) implements Expression {
        @Override
        public String toString() {
            return Printer.print(this);
        }
    }

    /// A part of the document: `address.city`, `tags[0]`; without steps the document itself, `$value`.
    record Path(List<Step> steps) implements Expression {
        /// Copies the steps.
        public Path {
            steps = List.copyOf(steps);
        }

        /// The path of nested members.
        public static Path of(String... names) {
            return new Path(List.of(names).stream().<Step>map(Member::new).toList());
        }

        @Override
        public String toString() {
            return Printer.print(this);
        }
    }

    /// One step of a path.
    sealed interface Step {}

    /// To the member of an object. The last one counts where a document has several of one name.
    record Member(String name) implements Step {}

    /// To an item of an array, from 0.
    record Item(int index) implements Step {
        /// Refuses negative indexes.
        public Item {
            if (index < 0) {
                throw new IllegalArgumentException("An array has no item " + index + ": they are counted from 0");
            }
        }
    }

    /// The row's key as text, `$key`; NULL when it is no UTF-8.
    record RowKey() implements Expression {
        @Override
        public String toString() {
            return Printer.print(this);
        }
    }

    /// A value that is given later: `:name`, or `?` by position, whose name is its number from 1.
    record Parameter(String name) implements Expression {
        /// Refuses names that cannot be written.
        public Parameter {
            if (!Names.isWord(name) && !NUMBERED.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "A parameter has a name of letters and digits, or a number from 1 to 99999, not '" + name
                                + "'");
            }
        }

        private static final Pattern NUMBERED = Pattern.compile("[1-9][0-9]{0,4}");

        @Override
        public String toString() {
            return Printer.print(this);
        }
    }

    /// All hold.
    record And(List<Expression> terms) implements Expression {
        /// Copies the terms.
        public And {
            terms = atLeastTwo(terms);
        }

        @Override
        public String toString() {
            return Printer.print(this);
        }
    }

    /// One holds at least.
    record Or(List<Expression> terms) implements Expression {
        /// Copies the terms.
        public Or {
            terms = atLeastTwo(terms);
        }

        @Override
        public String toString() {
            return Printer.print(this);
        }
    }

    /// The opposite of a truth value; NULL stays NULL.
    record Not(Expression operand) implements Expression {
        @Override
        public String toString() {
            return Printer.print(this);
        }
    }

    /// `=`, `<>`, `<`, `<=`, `>`, `>=`.
    record Compare(Comparison by, Expression left, Expression right) implements Expression {
        @Override
        public String toString() {
            return Printer.print(this);
        }
    }

    /// `subject BETWEEN low AND high`: `subject >= low AND subject <= high`.
    record Between(Expression subject, Expression low, Expression high) implements Expression {
        @Override
        public String toString() {
            return Printer.print(this);
        }
    }

    /// `subject IN (a, b)`: `subject = a OR subject = b`.
    record In(Expression subject, List<Expression> options) implements Expression {
        /// Copies the options.
        public In {
            options = List.copyOf(options);
            if (options.isEmpty()) {
                throw new IllegalArgumentException("IN needs at least one value");
            }
        }

        @Override
        public String toString() {
            return Printer.print(this);
        }
    }

    /// `subject LIKE pattern`: `%` stands for any text, `_` for one character, `escape` (if any) makes the next
    /// plain. NULL when one is no text, or the pattern ends in its escape or has more than 1,000 characters.
    record Like(Expression subject, Expression pattern, String escape) implements Expression {
        /// Checks that the escape is empty or one character.
        public Like {
            if (escape.codePointCount(0, escape.length()) > 1) {
                throw new IllegalArgumentException("ESCAPE takes one character, not '" + escape + "'");
            }
        }

        @Override
        public String toString() {
            return Printer.print(this);
        }
    }

    /// `array CONTAINS item`: one item equals it. NULL when the one is no array or the other is NULL.
    record Contains(Expression array, Expression item) implements Expression {
        @Override
        public String toString() {
            return Printer.print(this);
        }
    }

    /// `operand IS NULL`: never NULL itself.
    record IsNull(Expression operand) implements Expression {
        @Override
        public String toString() {
            return Printer.print(this);
        }
    }

    /// `path IS MISSING`: the document has no such part; a part that is `null` is not missing.
    record IsMissing(Path path) implements Expression {
        @Override
        public String toString() {
            return Printer.print(this);
        }
    }

    /// `+ - * / %` of numbers, `||` of texts.
    record Binary(Operator by, Expression left, Expression right) implements Expression {
        @Override
        public String toString() {
            return Printer.print(this);
        }
    }

    /// `-operand`.
    record Negate(Expression operand) implements Expression {
        @Override
        public String toString() {
            return Printer.print(this);
        }
    }

    /// `CASE WHEN condition THEN result ... ELSE otherwise END`.
    record Case(List<When> branches, Expression otherwise) implements Expression {
        /// Copies the branches.
        public Case {
            branches = List.copyOf(branches);
            if (branches.isEmpty()) {
                throw new IllegalArgumentException("CASE needs at least one WHEN");
            }
        }

        @Override
        public String toString() {
            return Printer.print(this);
        }
    }

    /// One branch of a case.
    record When(Expression condition, Expression result) {}

    /// `CAST(operand AS type)`; NULL where the value has no counterpart: truth values are the numbers 1 and 0 and
    /// the texts `true` and `false`, numbers the texts that write them; arrays and objects are nothing else.
    record Cast(Expression operand, Type type) implements Expression {
        /// Refuses arrays and objects.
        public Cast {
            if (type == Type.ARRAY || type == Type.OBJECT) {
                throw new IllegalArgumentException("CAST makes BOOLEAN, NUMBER or TEXT, not " + type);
            }
        }

        @Override
        public String toString() {
            return Printer.print(this);
        }
    }

    /// A function of values.
    record Call(Function function, List<Expression> arguments) implements Expression {
        /// Copies the arguments and checks their number.
        public Call {
            arguments = List.copyOf(arguments);
            if (!function.takes(arguments.size())) {
                throw new IllegalArgumentException(function.arity(arguments.size()));
            }
        }

        @Override
        public String toString() {
            return Printer.print(this);
        }
    }

    private static List<Expression> atLeastTwo(List<Expression> terms) {
        if (terms.size() < 2) {
            throw new IllegalArgumentException("AND and OR need at least two terms");
        }
        return List.copyOf(terms);
    }
}

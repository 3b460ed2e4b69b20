package coppice.api.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AsyncTwinTest {
    private static final String HEAD = """
            package shop;

            import coppice.api.async.AsyncTwin;
            import coppice.api.async.Immediate;
            import java.io.IOException;
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.function.Function;
            import java.util.stream.*;
            import org.jspecify.annotations.*;

            """;

    private static Compilation compilation(String... types) {
        return Compilation.of(Stream.of(types).map(HEAD::concat).toArray(String[]::new));
    }

    /// The declarations of a twin's methods, by simple names.
    private static List<String> methods(Compilation compilation) {
        assertThat(compilation.complaints()).isEmpty();
        return compilation
                .source("shop.AsyncDict")
                .lines()
                .filter(line -> line.matches("    public .*\\{"))
                .map(line -> line.replaceAll("\\b(?:[a-z]+\\.)+(?=[A-Z@])", ""))
                .map(line -> line.substring("    public ".length(), line.length() - " {".length()))
                .toList();
    }

    /// The comment of a twin's method, without marks.
    private static String comment(Compilation compilation, String method) {
        assertThat(compilation.complaints()).isEmpty();
        String source = compilation.source("shop.AsyncDict");
        String before = source.substring(0, source.indexOf(" " + method + "("));
        return before.substring(before.lastIndexOf("}\n\n") + 3, before.lastIndexOf('\n'))
                .replaceAll("(?m)^    (/// ?)?", "");
    }

    @Test
    void methodsAnswerWithFutures() {
        assertThat(methods(compilation("""
                        @AsyncTwin
                        public interface Dict<V> {
                            Optional<V> get(String key);
                            void clear();
                            long count();
                            boolean contains(String key);
                            byte[] bytes(char first, int[][] more);
                            Map.Entry<String, List<? extends V>> entry(Function<? super V, ?> by);
                            default V getOrDefault(String key, V fallback) { return get(key).orElse(fallback); }
                        }
                        """)))
                .containsExactly(
                        "CompletableFuture<Optional<V>> get(String key)",
                        "CompletableFuture<@Nullable Void> clear()",
                        "CompletableFuture<Long> count()",
                        "CompletableFuture<Boolean> contains(String key)",
                        "CompletableFuture<byte[]> bytes(char first, int[][] more)",
                        "CompletableFuture<Map.Entry<String, List<? extends V>>> entry(Function<? super V, ?> by)",
                        "CompletableFuture<V> getOrDefault(String key, V fallback)");
    }

    @Test
    void streamsAnswerWithPublishersAndWhatDoesNotWaitAsItIs() {
        assertThat(methods(compilation("""
                        @AsyncTwin
                        public interface Dict<V> {
                            Stream<Map.Entry<String, V>> entries();
                            Stream<? extends Number> numbers() throws IOException;
                            Flow.Publisher<V> feed();
                            CompletableFuture<V> ready() throws IOException;
                            @Immediate String name();
                            @Immediate void wake(int times);
                        }
                        """)))
                .containsExactly(
                        "Flow.Publisher<Map.Entry<String, V>> entries()",
                        "Flow.Publisher<? extends Number> numbers()",
                        "Flow.Publisher<V> feed()",
                        "CompletableFuture<V> ready() throws IOException",
                        "String name()",
                        "void wake(int times)");
    }

    @Test
    void whatIsInheritedIsSeenFromTheInterface() {
        assertThat(methods(compilation("""
                        @AsyncTwin
                        public interface Dict<V> extends View<V, List<V>>, java.io.Closeable {
                            @Override ArrayList<V> all();
                        }
                        """, """
                        public interface View<T, C extends Collection<T>> extends Named<T[]> {
                            C all();
                            @Override String name();
                            <V> Map<V, T> by(Function<T, V> function);
                        }
                        """, """
                        public interface Named<X> {
                            @Immediate String name();
                            X[] named(X name);
                            int hashCode();
                        }
                        """)))
                .containsExactly(
                        "CompletableFuture<ArrayList<V>> all()",
                        "String name()",
                        "<V_> CompletableFuture<Map<V_, V>> by(Function<V, V_> function)",
                        "CompletableFuture<V[][]> named(V[] name)",
                        "CompletableFuture<@Nullable Void> close()");
    }

    @Test
    void whatSeveralInterfacesDeclareIsThereOnce() {
        assertThat(methods(compilation(
                        "@AsyncTwin\npublic interface Dict<V> extends Wide, Narrow, Again<String> {}",
                        "public interface Wide { Number count(); void put(String key); }",
                        "public interface Narrow { Integer count(); }",
                        "public interface Again<K> extends Wide { void put(String key); void put(K key, int n); }")))
                .containsExactly(
                        "CompletableFuture<Integer> count()",
                        "CompletableFuture<@Nullable Void> put(String key)",
                        "CompletableFuture<@Nullable Void> put(String key, int n)");
    }

    @Test
    void whatBelongsToTheInterfaceAloneIsLeftOut() {
        assertThat(methods(compilation("""
                        @AsyncTwin
                        public interface Dict<V> {
                            default AsyncDict<V> async() { return new AsyncDict<>(this); }
                            void async(String name);
                            static void of() {}
                            private void inner() {}
                            boolean equals(Object other);
                            String toString();
                        }
                        """))).containsExactly("CompletableFuture<@Nullable Void> async(String name)");
    }

    @Test
    void nullnessIsKept() {
        Compilation compilation = compilation("""
                @NullMarked
                @AsyncTwin
                public interface Dict<V extends @Nullable Object> extends View<@Nullable String, V> {
                    @Nullable Integer find(@Nullable String key, String @Nullable [] more);
                    Map.@Nullable Entry<String, @Nullable V> at(Set<? extends @Nullable V> of);
                    <T extends @Nullable Object> T map(Function<? super V, ? extends T> by);
                    byte @Nullable [] bytes();
                }
                """, """
                @NullMarked
                public interface View<K extends @Nullable Object, W extends @Nullable Object> {
                    @Nullable W get(K key);
                    @Nullable K first();
                }
                """);
        assertThat(methods(compilation))
                .containsExactly(
                        "CompletableFuture<@Nullable Integer> find(@Nullable String key, String @Nullable [] more)",
                        "CompletableFuture<Map.@Nullable Entry<String, @Nullable V>> at(Set<? extends @Nullable V> of)",
                        "<T extends @Nullable Object> CompletableFuture<T> map(Function<? super V, ? extends T> by)",
                        "CompletableFuture<byte @Nullable []> bytes()",
                        "CompletableFuture<@Nullable V> get(@Nullable String key)",
                        "CompletableFuture<@Nullable String> first()");
        assertThat(compilation.source("shop.AsyncDict"))
                .contains(
                        "@org.jspecify.annotations.NullMarked\n",
                        "class AsyncDict<V extends java.lang.@org.jspecify.annotations.Nullable Object>");
    }

    @Test
    void nullnessIsKeptOfWhatWasCompiledBefore() {
        assertThat(methods(compilation(
                        "@AsyncTwin\npublic interface Dict<V> extends coppice.api.structure.Shelf<List<V>> {}")))
                .contains(
                        "CompletableFuture<@Nullable List<V>> peek(@Nullable String key)",
                        "CompletableFuture<Integer> count()",
                        "Flow.Publisher<String> keys()",
                        "String name()");
    }

    @Test
    void boundsArgumentsAndWarningsAreKept() {
        Compilation compilation = compilation("""
                @AsyncTwin
                public interface Dict<K extends Comparable<? super K> & java.io.Serializable> {
                    <T extends Number & Comparable<T>, X extends Error> List<T> sum(T... n) throws X;
                    /// @deprecated use another
                    @Deprecated(since = "1", forRemoval = true) void old(K... keys);
                }
                """.replace("    <T ", "    @SuppressWarnings(\"unchecked\") <T ")
                .replace("    @Dep", "    @SuppressWarnings(\"unchecked\") @Dep"));
        assertThat(methods(compilation))
                .containsExactly(
                        "<T extends Number & Comparable<T>, X extends Error> CompletableFuture<List<T>> sum(T... n)",
                        "CompletableFuture<@Nullable Void> old(K... keys)");
        assertThat(compilation.source("shop.AsyncDict"))
                .contains(
                        "class AsyncDict<K extends java.lang.Comparable<? super K> & java.io.Serializable>",
                        "@java.lang.Deprecated(since=\"1\", forRemoval=true)");
    }

    @Test
    void commentsAreCopiedAndSayWhatTheFutureDoes() {
        Compilation compilation = compilation("""
                @AsyncTwin
                public interface Dict<V> {
                    /// Puts a value; see [#clear()], [#of], [Place] and [Map.Entry].
                    ///
                    /// ```java
                    /// @Override
                    /// ```
                    ///
                    /// @param key what it is called
                    /// @throws IOException when the disk is full,
                    ///     or gone
                    /// @throws X when it likes to
                    /// @return a [Locale], of all things
                    <X extends Exception> Locale put(String key) throws IOException, X;

                    /** Removes what {@link #put(String) was put}. */
                    void clear();

                    int bare();

                    static void of() {}

                    /// @param x how far
                    record Place(int x) {}
                }
                """);
        assertThat(comment(compilation, "put")).isEqualTo("""
                        Puts a value; see [#clear()], [shop.Dict#of], [Place] and [Map.Entry].

                        ```java
                        @Override
                        ```

                        Returns at once: the future has the result, or fails with:

                        - [IOException] when the disk is full,
                          or gone
                        - X when it likes to

                        @param key what it is called
                        @return a [Locale], of all things""");
        assertThat(comment(compilation, "clear")).isEqualTo("""
                        /**
                         * Removes what {@link #put(String) was put}.
                         *
                         * <p>Returns at once: the future is done when this is.
                         */""");
        assertThat(comment(compilation, "bare"))
                .isEqualTo("As [shop.Dict#bare].\n\nReturns at once: the future has the result.");
    }

    @Test
    void commentsAreInheritedWithTheNamesThatTheyUse() {
        Compilation compilation = compilation("""
                @AsyncTwin
                public interface Dict<V> extends View {
                    @Override
                    int read(String name);
                }
                """, """
                public interface View {
                    /** Reads from a {@link Scanner}.
                     * @param key of what
                     * @exception Hidden if it is
                     */
                    int read(String key);

                    /// The keys, see [Hidden].
                    Stream<String> keys();

                    /// Its name.
                    @Immediate String name();

                    /// Not seen.
                    class Hidden extends RuntimeException { private static final long serialVersionUID = 1; }
                }
                """);
        assertThat(comment(compilation, "read")).isEqualTo("""
                        /**
                         * Reads from a {@link Scanner}.
                         *
                         * <p>Returns at once: the future has the result, or fails with:
                         * <ul>
                         * <li>{@link Hidden} if it is
                         * </ul>
                         *
                         * @param key of what
                         */""");
        assertThat(comment(compilation, "keys"))
                .isEqualTo("The keys, see [Hidden].\n\nBegins when somebody subscribes, and reads what is asked for.");
        assertThat(comment(compilation, "name")).isEqualTo("Its name.");
        assertThat(methods(compilation)).contains("CompletableFuture<Integer> read(String key)");
    }

    @Test
    void aMethodThatIsAddedIsInTheTwin() {
        String before = "@AsyncTwin\npublic interface Dict<V> extends View<V> { V get(String key); }";
        String view = "public interface View<V> { long count(); }";
        String more = "public interface View<V> { long count(); V last(int back); }";
        assertThat(methods(compilation(before, view))).hasSize(2);
        assertThat(methods(compilation(before, more)))
                .hasSize(3)
                .last()
                .isEqualTo("CompletableFuture<V> last(int back)");
    }

    @Test
    void whatHasNoTwinIsAnErrorThatSaysWhy() {
        assertThat(complaint("@AsyncTwin public final class Dict {}")).contains("shop.Dict: it is no interface");
        assertThat(complaint("@AsyncTwin interface Dict {}")).contains("shop.Dict: it is not public");
        assertThat(complaint("public interface Dict { @AsyncTwin interface Inner {} }"))
                .contains("shop.Dict.Inner: it stands inside");
        assertThat(complaint("@AsyncTwin public interface Dict { IntStream sizes(); }"))
                .contains("shop.Dict.sizes(): it returns java.util.stream.IntStream");
        assertThat(complaint("@AsyncTwin public interface Dict { <X extends Throwable> void run() throws X; }"))
                .contains("run(): it throws X, which need be no Exception");
        assertThat(compilation("@AsyncTwin public interface Dict {}", "public final class AsyncDict {}")
                        .complaints())
                .anySatisfy(complaint -> assertThat(complaint).contains("its twin shop.AsyncDict cannot be written"));
    }

    /// The complaint about a type of one line.
    private static String complaint(String type) {
        Compilation compilation = compilation(type);
        assertThat(compilation.files()).isEmpty();
        List<String> complaints = compilation.complaints();
        assertThat(complaints).hasSize(1);
        int line =
                (int) (HEAD + type.substring(0, type.indexOf("Dict"))).lines().count();
        assertThat(complaints.getFirst()).startsWith(line + ": ");
        return complaints.getFirst();
    }

    @Test
    void theBuildMakesTwinsThatCall() throws Exception {
        Shelf<String> shelf = Shelf.of("books");
        AsyncShelf<String> twin = shelf.async();
        twin.put("a", "Austen").join();
        twin.put("b", "Byron").join();
        assertThat(shelf.get("a")).contains("Austen");
        assertThat(twin.get("b").join()).contains("Byron");
        assertThat(twin.count().join()).isEqualTo(2);
        assertThat(twin.name()).isEqualTo("books");
        assertThat(catchThrowable(twin.get("lost")::join)).hasCauseInstanceOf(IOException.class);
        CompletableFuture<String> first = new CompletableFuture<>();
        twin.keys().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(1);
            }

            @Override
            public void onNext(String key) {
                first.complete(key + " on " + Thread.currentThread().getName());
            }

            @Override
            public void onError(Throwable failure) {
                first.completeExceptionally(failure);
            }

            @Override
            public void onComplete() {
                first.complete("nothing");
            }
        });
        assertThat(first.join()).isEqualTo("a on Shelf.keys");
    }

    @Test
    void theTwinOfTheBuildHasEveryMethod() {
        for (Method method : Shelf.class.getMethods()) {
            boolean isTwinned = !Modifier.isStatic(method.getModifiers())
                    && !method.getName().equals("async");
            assertThat(Stream.of(AsyncShelf.class.getDeclaredMethods())
                            .anyMatch(twin -> twin.getName().equals(method.getName())
                                    && List.of(twin.getParameterTypes()).equals(List.of(method.getParameterTypes()))))
                    .as(method.toString())
                    .isEqualTo(isTwinned);
        }
    }
}

package coppice.api.structure;

import coppice.api.async.AsyncTwin;
import coppice.api.async.Immediate;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An interface that the build makes a twin of, as it does for structures.
@AsyncTwin
public interface Shelf<V> {
    @Immediate
    String name();

    void put(String key, V value);

    Optional<V> get(String key) throws IOException;

    default @Nullable V peek(@Nullable String key) throws IOException {
        return key == null ? null : get(key).orElse(null);
    }

    default int count() {
        return (int) keys().count();
    }

    Stream<String> keys();

    default AsyncShelf<V> async() {
        return new AsyncShelf<>(this);
    }

    /// A shelf that keeps no key `lost`.
    static <V> Shelf<V> of(String name) {
        Map<String, V> values = new TreeMap<>();
        return new Shelf<>() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void put(String key, V value) {
                values.put(key, value);
            }

            @Override
            public Optional<V> get(String key) throws IOException {
                if (key.equals("lost")) {
                    throw new IOException("lost");
                }
                return Optional.ofNullable(values.get(key));
            }

            @Override
            public Stream<String> keys() {
                return values.keySet().stream();
            }
        };
    }
}

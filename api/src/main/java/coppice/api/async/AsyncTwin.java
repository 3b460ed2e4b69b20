package coppice.api.async;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Has the build make an asynchronous twin of an interface: for `Dict<V>` the class `AsyncDict<V>`, in the same
/// package.
///
/// The twin has every method of the interface and of those that it extends, with the same name, parameters and doc
/// comment; static ones and `async()`, which returns the twin, are left out. What it returns instead of `T`:
///
/// - a `CompletableFuture<T>`, boxed where `T` is primitive, `Void` for nothing; see [AsyncCalls#future];
/// - a `Flow.Publisher<E>` where `T` is a `Stream<E>`; see [AsyncCalls#publisher];
/// - `T` itself where that is asynchronous already (a `CompletionStage`, a `Flow.Publisher`), or where the method
///   is [Immediate].
///
/// So the twin cannot differ from the interface. The interface is public and stands in a file of its own:
///
/// ```java
/// @AsyncTwin
/// public interface Dict<V> extends DictView<V> {
///     default AsyncDict<V> async() {
///         return new AsyncDict<>(this);
///     }
/// }
/// ```
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.SOURCE)
public @interface AsyncTwin {}

import org.jspecify.annotations.NullMarked;

/// Makes asynchronous twins of interfaces while they are compiled. Nothing of it is there when Coppice runs.
@NullMarked
module coppice.async {
    requires java.compiler;
    requires jdk.compiler;
    requires static org.jspecify;

    provides javax.annotation.processing.Processor with
            coppice.async.TwinProcessor;
}

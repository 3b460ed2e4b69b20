package coppice.async;

import java.io.IOException;
import java.io.Writer;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/// Writes the twin of each interface that is marked so. What cannot be twinned is an error of the compiler at the
/// place in question.
@SupportedAnnotationTypes("coppice.api.async.AsyncTwin")
public final class TwinProcessor extends AbstractProcessor {
    /// Called by the compiler.
    public TwinProcessor() {}

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (TypeElement annotation : annotations) {
            for (Element marked : round.getElementsAnnotatedWith(annotation)) {
                try {
                    write((TypeElement) marked);
                } catch (NotTwinned refusal) {
                    processingEnv
                            .getMessager()
                            .printMessage(Diagnostic.Kind.ERROR, refusal.getMessage(), refusal.where());
                }
            }
        }
        return false; // others may look at them, too
    }

    private void write(TypeElement type) throws NotTwinned {
        check(type);
        TwinSource source = new TwinSource(processingEnv, type);
        String text = source.text();
        try (Writer file =
                processingEnv.getFiler().createSourceFile(source.name(), type).openWriter()) {
            file.write(text);
        } catch (IOException failure) {
            throw new NotTwinned(type, "its twin " + source.name() + " cannot be written: " + failure.getMessage());
        }
    }

    private void check(TypeElement type) throws NotTwinned {
        if (type.getKind() != ElementKind.INTERFACE) {
            throw new NotTwinned(type, "it is no interface; mark the interface that it implements");
        }
        if (type.getNestingKind() != NestingKind.TOP_LEVEL) {
            throw new NotTwinned(type, "it stands inside another type; give it a file of its own");
        }
        if (!type.getModifiers().contains(Modifier.PUBLIC)) {
            throw new NotTwinned(type, "it is not public, and its twin would be; make it public");
        }
    }
}

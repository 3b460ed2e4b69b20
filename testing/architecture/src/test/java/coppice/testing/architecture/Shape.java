package coppice.testing.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// What javac's parser sees in one source file: the length of the longest method of each name (its doc comment left
/// out), and the public types and methods that carry no doc comment though no supertype could lend them one.
record Shape(Map<String, Long> methodLines, Set<String> undocumented) {
    static Shape of(String text) {
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///A.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
        JavacTask task = (JavacTask)
                ToolProvider.getSystemJavaCompiler().getTask(null, null, ignored -> {}, null, null, List.of(file));
        Shape shape = new Shape(new LinkedHashMap<>(), new TreeSet<>());
        try {
            for (CompilationUnitTree unit : task.parse()) {
                shape.new Scanner(DocTrees.instance(task), unit).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return shape;
    }

    private final class Scanner extends TreePathScanner<@Nullable Object, @Nullable Object> {
        private final DocTrees trees;
        private final CompilationUnitTree unit;

        Scanner(DocTrees trees, CompilationUnitTree unit) {
            this.trees = trees;
            this.unit = unit;
        }

        @Override
        public @Nullable Object visitClass(ClassTree type, @Nullable Object nothing) {
            if (isPublic(type.getModifiers()) && trees.getDocComment(getCurrentPath()) == null) {
                undocumented.add(type.getSimpleName().toString());
            }
            return super.visitClass(type, nothing);
        }

        @Override
        public @Nullable Object visitMethod(MethodTree method, @Nullable Object nothing) {
            long end = trees.getSourcePositions().getEndPosition(unit, method);
            if (end >= 0) { // generated ones, such as a record's accessors, end nowhere
                long start = trees.getSourcePositions().getStartPosition(unit, method);
                long lines =
                        unit.getLineMap().getLineNumber(end) - unit.getLineMap().getLineNumber(start) + 1;
                String name = method.getName().toString();
                methodLines.merge(name, lines, Math::max);
                boolean inherits = method.getModifiers().toString().contains("@Override");
                boolean constructor = method.getReturnType() == null;
                if (!inherits
                        && !constructor
                        && isPublic(method.getModifiers())
                        && trees.getDocComment(getCurrentPath()) == null) {
                    undocumented.add(name);
                }
            }
            return super.visitMethod(method, nothing);
        }

        /// Public itself or by standing in an interface, and so is every type around it.
        private boolean isPublic(ModifiersTree modifiers) {
            boolean visible = true;
            ModifiersTree inner = modifiers;
            for (Tree around : getCurrentPath().getParentPath()) {
                if (around instanceof ClassTree outer) {
                    boolean byInterface = outer.getKind() == Tree.Kind.INTERFACE
                            && !inner.getFlags().contains(Modifier.PRIVATE);
                    visible &= byInterface || inner.getFlags().contains(Modifier.PUBLIC);
                    inner = outer.getModifiers();
                } else if (!(around instanceof CompilationUnitTree)) {
                    return false; // inside a method
                }
            }
            return visible && inner.getFlags().contains(Modifier.PUBLIC);
        }
    }
}

package coppice.async;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/// The simple names that copied doc comments use, as imports: they mean in the twin what they mean where the
/// comment was written.
final class Names {
    private static final Pattern WORD = Pattern.compile("[A-Za-z_$][\\w$]*");

    private final Elements elements;
    private final Trees trees;
    private final PackageElement home;
    private final SortedMap<String, String> qualified = new TreeMap<>();

    /// @param home the package of the twin
    Names(ProcessingEnvironment environment, PackageElement home) {
        this.elements = environment.getElementUtils();
        this.trees = Trees.instance(environment);
        this.home = home;
    }

    /// Takes note of the names in a comment. Where two comments mean different things by a name, the first is
    /// right, and the other may be a complaint about a reference, which a qualified name mends.
    ///
    /// @param writtenIn the type that the comment stands in
    void add(String comment, TypeElement writtenIn) {
        List<String> imported = imports(writtenIn);
        WORD.matcher(comment)
                .results()
                .map(MatchResult::group)
                .distinct()
                .forEach(word ->
                        meaning(word, writtenIn, imported).ifPresent(name -> qualified.putIfAbsent(word, name)));
    }

    /// Import declarations, one a line.
    String imports() {
        return qualified.values().stream().map(name -> "import " + name + ";\n").collect(Collectors.joining());
    }

    private List<String> imports(TypeElement type) {
        @Nullable TreePath path = trees.getPath(type); // none for what was compiled before
        CompilationUnitTree unit = path == null ? null : path.getCompilationUnit();
        return unit == null
                ? List.of()
                : unit.getImports().stream()
                        .filter(line -> !line.isStatic() && !line.isModule())
                        .map(ImportTree::getQualifiedIdentifier)
                        .map(Object::toString)
                        .toList();
    }

    private Optional<String> meaning(String word, TypeElement writtenIn, List<String> imported) {
        Stream<String> members = ElementFilter.typesIn(elements.getAllMembers(writtenIn)).stream()
                .map(member -> member.getQualifiedName().toString());
        PackageElement there = elements.getPackageOf(writtenIn);
        return Stream.of(
                        members.filter(name -> name.endsWith('.' + word)),
                        imported.stream().filter(name -> name.endsWith('.' + word)),
                        Stream.of(there.getQualifiedName() + "." + word)
                                .filter(name -> !there.equals(home) && isType(name)),
                        imported.stream()
                                .filter(name -> name.endsWith(".*"))
                                .map(name -> name.substring(0, name.length() - 1) + word)
                                .filter(this::isType))
                .flatMap(names -> names)
                .findFirst();
    }

    private boolean isType(String name) {
        return elements.getTypeElement(name) != null;
    }
}

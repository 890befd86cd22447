package dev.poolwright.processor.body;

import com.sun.source.util.JavacTask;
import dev.poolwright.processor.model.AnnotatedType;
import dev.poolwright.processor.model.AsyncMethod;
import dev.poolwright.processor.model.Problems;
import dev.poolwright.processor.model.WellFormed;
import dev.poolwright.processor.read.BatchNames;
import dev.poolwright.processor.read.Members;
import dev.poolwright.processor.read.TypeReader;
import dev.poolwright.processor.read.Unresolved;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;

/** Tells the body checks what a class submits, read as the processors read it. */
final class SubmittedMethods implements Function<TypeElement, List<SubmittedMethod>> {

  private final Members members;
  private final TypeReader reader;

  SubmittedMethods(JavacTask task) {
    members = new Members(task.getTypes(), task.getElements());
    reader = new TypeReader(task.getTypes(), task.getElements(), new Problems());
  }

  @Override
  public List<SubmittedMethod> apply(TypeElement type) {
    boolean isReadable = type.getNestingKind() == NestingKind.ANONYMOUS || WellFormed.is(type);
    if (!isReadable || !members.isAnnotated(type)) {
      return List.of();
    }
    AnnotatedType read = reader.read(type, new Unresolved(Set.of()));
    Map<AsyncMethod, String> batches = BatchNames.of(read, new Problems());
    return read.methods().stream()
        .map(
            method ->
                new SubmittedMethod(
                    type,
                    method.element(),
                    method.signature(),
                    method.pool(),
                    Optional.ofNullable(batches.get(method)),
                    !read.callbacksOf(method).isEmpty()))
        .toList();
  }
}

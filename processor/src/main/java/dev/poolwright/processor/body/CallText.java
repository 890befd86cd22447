package dev.poolwright.processor.body;

import static java.util.stream.Collectors.joining;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import java.util.List;

/** Calls as messages show them: as written when that is short, else without their arguments. */
final class CallText {

  private static final int LONGEST = 60;

  private CallText() {}

  static String of(Tree tree) {
    String text = tree.toString();
    if (isShort(text) || !(tree instanceof MethodInvocationTree call)) {
      return text;
    }
    String name =
        call.getMethodSelect() instanceof MemberSelectTree select
            ? of(select.getExpression()) + "." + select.getIdentifier()
            : call.getMethodSelect().toString();
    return name + (call.getArguments().isEmpty() ? "()" : "(...)");
  }

  static String of(CharSequence name, List<? extends ExpressionTree> arguments) {
    String text = arguments.stream().map(Object::toString).collect(joining(", "));
    return name + "(" + (isShort(text) ? text : "...") + ")";
  }

  private static boolean isShort(String text) {
    return text.length() <= LONGEST && text.indexOf('\n') < 0;
  }
}

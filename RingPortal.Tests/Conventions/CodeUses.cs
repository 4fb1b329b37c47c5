using System.Reflection;
using System.Reflection.Emit;

namespace RingPortal.Tests.Conventions;

/// <summary>Reads compiled code: which members of other types a method body names.</summary>
internal static class CodeUses
{
    private const BindingFlags Everything =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Dictionary<short, OpCode> s_codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>Everything the code of a type names, its own signatures included.</summary>
    public static IEnumerable<MemberInfo> Of(Type type)
    {
        var methods = type.GetMethods(Everything).Cast<MethodBase>().Concat(type.GetConstructors(Everything)).ToList();
        return methods.SelectMany(OfBody)
            .Concat(methods.SelectMany(method => method.GetParameters()).Select(parameter => (MemberInfo)parameter.ParameterType))
            .Concat(methods.OfType<MethodInfo>().Select(method => method.ReturnType))
            .Concat(type.GetFields(Everything).Select(field => field.FieldType))
            .Concat(type.BaseType is { } parent ? [parent] : [])
            .Concat(type.GetInterfaces());
    }

    /// <summary>All types a member stands for: itself, its declaring type, and every generic argument of both.</summary>
    public static IEnumerable<Type> Types(MemberInfo member) => member switch
    {
        Type type => Unfold(type),
        MethodInfo { IsGenericMethod: true } method => method.GetGenericArguments().SelectMany(Unfold).Concat(Unfold(method.DeclaringType!)),
        { DeclaringType: { } owner } => Unfold(owner),
        _ => [],
    };

    private static IEnumerable<Type> Unfold(Type type) =>
        type.HasElementType ? Unfold(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Unfold).Prepend(type)
        : [type];

    private static IEnumerable<MemberInfo> OfBody(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var opCode = code[at] == 0xFE ? s_codes[(short)(0xFE00 | code[at + 1])] : s_codes[code[at]];
            at += opCode.Size;
            if (opCode.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok
                && method.Module.ResolveMember(BitConverter.ToInt32(code, at), typeArguments, methodArguments) is { } member)
            {
                yield return member;
            }

            at += OperandSize(opCode, code, at);
        }
    }

    private static int OperandSize(OpCode opCode, byte[] code, int at) => opCode.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}

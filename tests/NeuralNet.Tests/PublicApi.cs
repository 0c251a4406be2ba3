using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace NeuralNet.Tests;

/// <summary>An assembly's public types and members, one line each, sorted.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(byte)] = "byte",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    public static string[] Lines(Assembly assembly) =>
        [.. assembly.GetExportedTypes().Where(type => IsWritten(type.Name)).SelectMany(type => Members(type).Prepend(Declaration(type))).Order(StringComparer.Ordinal)];

    private static string Declaration(Type type)
    {
        string kind = type.IsInterface ? "interface"
            : type.IsEnum ? "enum"
            : type.IsValueType ? "struct"
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
        IEnumerable<Type> parents = type.GetInterfaces().Where(found => found.IsVisible);
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
            parents = parents.Prepend(parent);
        string[] names = [.. parents.Select(Name).Order(StringComparer.Ordinal)];
        return $"{kind} {Name(type)}{(names.Length == 0 ? string.Empty : " : " + string.Join(", ", names))}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        string owner = Name(type);
        foreach (ConstructorInfo constructor in type.GetConstructors(Declared).Where(IsVisible))
            yield return $"{owner}.{PlainName(type)}({Parameters(constructor)})";
        foreach (PropertyInfo property in type.GetProperties(Declared))
        {
            string accessors = string.Concat(Accessor(property.GetMethod, "get; "), Accessor(property.SetMethod, IsInit(property) ? "init; " : "set; "));
            string index = property.GetIndexParameters().Length == 0 ? property.Name : $"this[{string.Join(", ", property.GetIndexParameters().Select(Parameter))}]";
            if (accessors.Length > 0)
                yield return $"{Static(property.GetMethod)}{owner}.{index} {{ {accessors}}} : {Name(property.PropertyType)}";
        }

        foreach (MethodInfo method in type.GetMethods(Declared).Where(IsVisible))
        {
            bool isAccessor = method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);
            if (!isAccessor && IsWritten(method.Name) && !method.IsDefined(typeof(CompilerGeneratedAttribute)))
                yield return $"{Static(method)}{owner}.{method.Name}{Generic(method.GetGenericArguments())}({Parameters(method)}) : {Name(method.ReturnType)}";
        }

        foreach (FieldInfo field in type.GetFields(Declared).Where(field => field.IsPublic && !field.IsSpecialName))
        {
            string kind = field.IsLiteral ? "const " : field.IsStatic ? "static " : string.Empty;
            string value = field.IsLiteral ? " = " + Value(field.GetRawConstantValue()) : string.Empty;
            yield return $"{kind}{owner}.{field.Name}{value} : {Name(field.FieldType)}";
        }
    }

    private static bool IsWritten(string name) => !name.Contains('<') && !name.Contains('$');

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsInit(PropertyInfo property) => property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;

    private static string Accessor(MethodInfo? accessor, string text) => accessor is not null && IsVisible(accessor) ? text : string.Empty;

    private static string Static(MethodInfo? method) => method is { IsStatic: true } ? "static " : string.Empty;

    private static string Parameters(MethodBase method) =>
        (method.IsDefined(typeof(ExtensionAttribute)) ? "this " : string.Empty) + string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter) =>
        $"{(parameter.IsDefined(typeof(ParamCollectionAttribute)) || parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : string.Empty)}{(parameter.IsOut ? "out " : string.Empty)}"
        + $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Default(parameter) : string.Empty)}";

    private static string Default(ParameterInfo parameter) =>
        parameter.DefaultValue is null && parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null ? "default" : Value(parameter.DefaultValue);

    private static string Value(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        string text => $"\"{text}\"",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Name(Type type)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!);
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Name(underlying) + "?";
        return Keywords.TryGetValue(type, out string? keyword) ? keyword : PlainName(type) + Generic(type.GetGenericArguments());
    }

    private static string PlainName(Type type) => type.Name.Split('`')[0];

    private static string Generic(Type[] arguments) => arguments.Length == 0 ? string.Empty : $"<{string.Join(", ", arguments.Select(Name))}>";
}

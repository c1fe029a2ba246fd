package dev.slipway.control.aws;

import dev.slipway.control.port.ControlPlaneException;
import dev.slipway.control.port.ControlPlaneException.Kind;
import dev.slipway.control.port.FunctionShape;
import dev.slipway.control.port.FunctionState;
import dev.slipway.control.port.InvokeReply;
import dev.slipway.control.port.LambdaControlPlane;
import dev.slipway.control.port.LayerVersion;
import dev.slipway.control.port.S3Place;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Architecture;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LayerVersionsListItem;

/** Functions, versions and layers in Lambda. */
final class AwsLambdaControlPlane implements LambdaControlPlane {
  private static final int LAYERS_READ = 50;

  private final LambdaClient lambda;

  AwsLambdaControlPlane(LambdaClient lambda) {
    this.lambda = lambda;
  }

  @Override
  public FunctionState get(String function, String qualifier) {
    return Calls.call(
        "read " + function + ":" + qualifier,
        () ->
            FunctionStates.of(
                lambda.getFunctionConfiguration(
                    get -> get.functionName(function).qualifier(qualifier))));
  }

  @Override
  public void updateCode(String function, S3Place zip, String architecture, String revision) {
    Calls.call(
        "write code " + zip + " to " + function,
        () ->
            lambda.updateFunctionCode(update ->
                update
                    .functionName(function)
                    .s3Bucket(zip.bucket())
                    .s3Key(zip.key())
                    .architectures(Architecture.fromValue(architecture))
                    .revisionId(revision)));
  }

  @Override
  public void updateShape(String function, FunctionShape shape, String revision) {
    Calls.call(
        "write configuration of " + function,
        () ->
            lambda.updateFunctionConfiguration(update ->
                update
                    .functionName(function)
                    .runtime(shape.runtime())
                    .handler(shape.handler())
                    .role(shape.roleArn())
                    .memorySize(shape.memoryMb())
                    .timeout(shape.timeoutSeconds())
                    .environment(environment -> environment.variables(shape.environment()))
                    .layers(shape.layers())
                    .revisionId(revision)));
  }

  @Override
  public FunctionState publish(
      String function, String codeSha256, String revision, String description) {
    return Calls.call(
        "publish a version of " + function,
        () ->
            FunctionStates.of(
                lambda.publishVersion(publish ->
                    publish
                        .functionName(function)
                        .codeSha256(FunctionStates.base64(codeSha256))
                        .revisionId(revision)
                        .description(description))));
  }

  @Override
  public void deleteVersion(String function, int version) {
    Calls.call(
        "delete version " + version + " of " + function,
        () ->
            lambda.deleteFunction(
                delete -> delete.functionName(function).qualifier(Integer.toString(version))));
  }

  @Override
  public Optional<LayerVersion> findLayer(String layer, String description) {
    return Calls.find(
            "list layer " + layer,
            () -> lambda.listLayerVersions(list -> list.layerName(layer).maxItems(LAYERS_READ)))
        .flatMap(found ->
            found.layerVersions().stream()
                .filter(version -> description.equals(version.description()))
                .findFirst())
        .map(LayerVersionsListItem::layerVersionArn)
        .flatMap(this::layer);
  }

  private Optional<LayerVersion> layer(String arn) {
    return Calls.find(
        "read layer " + arn,
        () ->
            new LayerVersion(
                arn,
                FunctionStates.hex(
                    lambda.getLayerVersionByArn(get -> get.arn(arn)).content().codeSha256())));
  }

  @Override
  public LayerVersion publishLayer(
      String layer, S3Place zip, String description, String architecture) {
    return Calls.call(
        "publish layer " + layer + " of " + zip,
        () -> {
          var published =
              lambda.publishLayerVersion(publish ->
                  publish
                      .layerName(layer)
                      .description(description)
                      .compatibleArchitectures(Architecture.fromValue(architecture))
                      .content(content -> content.s3Bucket(zip.bucket()).s3Key(zip.key())));
          return new LayerVersion(
              published.layerVersionArn(), FunctionStates.hex(published.content().codeSha256()));
        });
  }

  @Override
  public void deleteLayer(String layerArn) {
    int colon = layerArn.lastIndexOf(':');
    Calls.find(
        "delete layer " + layerArn,
        () ->
            lambda.deleteLayerVersion(delete ->
                delete
                    .layerName(layerArn.substring(0, colon))
                    .versionNumber(Long.parseLong(layerArn.substring(colon + 1)))));
  }

  @Override
  public InvokeReply invoke(String function, int version, String payload) {
    return Calls.call(
        "invoke " + function + ":" + version,
        () -> {
          InvokeResponse reply =
              lambda.invoke(invoke ->
                  invoke
                      .functionName(function)
                      .qualifier(Integer.toString(version))
                      .payload(SdkBytes.fromUtf8String(payload)));
          String error = reply.functionError() == null ? "" : reply.functionError();
          return new InvokeReply(error, reply.payload().asUtf8String());
        });
  }

  @Override
  public Set<String> provisioned(String function) {
    return Calls.call(
        "list provisioned concurrency of " + function,
        () ->
            lambda
                .listProvisionedConcurrencyConfigsPaginator(list -> list.functionName(function))
                .provisionedConcurrencyConfigs()
                .stream()
                .map(config ->
                    config.functionArn().substring(config.functionArn().lastIndexOf(':') + 1))
                .collect(Collectors.toSet()));
  }

  @Override
  public void allowGateway(String function, String alias, String apiId) {
    FunctionState latest = get(function, LATEST);
    try {
      Calls.call(
          "let API " + apiId + " call " + function + ":" + alias,
          () ->
              lambda.addPermission(add ->
                  add.functionName(function)
                      .qualifier(alias)
                      .statementId("gateway-" + apiId)
                      .action("lambda:InvokeFunction")
                      .principal("apigateway.amazonaws.com")
                      .sourceArn(FunctionStates.gatewayArn(latest.arn(), apiId))));
    } catch (ControlPlaneException failure) {
      if (failure.kind() != Kind.CONFLICT) {
        throw failure;
      }
      // The statement is there already: this is a repeated step.
    }
  }
}

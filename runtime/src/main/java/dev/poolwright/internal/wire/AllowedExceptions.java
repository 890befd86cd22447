package dev.poolwright.internal.wire;

import java.util.HashSet;
import java.util.Set;

/**
 * The exceptions that travel whatever a pool allows: this library's own, and those of {@code
 * java.base} that hold numbers and strings alone beside what every exception has. So none of them
 * runs code when it is read, or holds what would.
 */
final class AllowedExceptions {
  /** What this library's own have beside numbers and strings. */
  private static final String OWN =
      """
      dev.poolwright: BrokenPoolException NoWorkerException PoolSaturatedException
          RemoteTaskException TaskSerializationException TaskSerializationException$Phase
          TaskTimeoutException WaitTimeoutException WorkerCrash$Kind WorkerCrashedException
          WorkerLostException WorkerStartException
      dev.poolwright.internal.pool: SubmitTimeoutException
      dev.poolwright.internal.process.jvm: WorkerExit$Crash WorkerExit$ExitCalled
      dev.poolwright.internal.wire: Outcomes$WorkerOrigin
      java.time: Instant Ser
      """;

  /** A line with a colon begins a package. */
  private static final String OF_THE_JDK =
      """
      java.io: CharConversionException EOFException FileNotFoundException IOError IOException
          InterruptedIOException InvalidClassException InvalidObjectException NotActiveException
          NotSerializableException OptionalDataException StreamCorruptedException
          SyncFailedException UTFDataFormatException UncheckedIOException
          UnsupportedEncodingException
      java.lang: AbstractMethodError ArithmeticException ArrayIndexOutOfBoundsException
          ArrayStoreException AssertionError BootstrapMethodError ClassCastException
          ClassCircularityError ClassFormatError CloneNotSupportedException Error Exception
          IllegalAccessError IllegalAccessException IllegalArgumentException
          IllegalCallerException IllegalMonitorStateException IllegalStateException
          IllegalThreadStateException IncompatibleClassChangeError IndexOutOfBoundsException
          InstantiationError InstantiationException InternalError InterruptedException
          LayerInstantiationException LinkageError NegativeArraySizeException NoClassDefFoundError
          NoSuchFieldError NoSuchFieldException NoSuchMethodError NoSuchMethodException
          NullPointerException NumberFormatException OutOfMemoryError ReflectiveOperationException
          RuntimeException SecurityException StackOverflowError StringIndexOutOfBoundsException
          ThreadDeath Throwable TypeNotPresentException UnknownError UnsatisfiedLinkError
          UnsupportedClassVersionError UnsupportedOperationException VerifyError
      java.lang.annotation: AnnotationFormatError AnnotationTypeMismatchException
      java.lang.invoke: LambdaConversionException StringConcatException WrongMethodTypeException
      java.lang.module: FindException InvalidModuleDescriptorException ResolutionException
      java.lang.reflect: GenericSignatureFormatError InaccessibleObjectException
          MalformedParameterizedTypeException MalformedParametersException
      java.net: BindException ConnectException HttpRetryException MalformedURLException
          NoRouteToHostException PortUnreachableException ProtocolException SocketException
          SocketTimeoutException URISyntaxException UnknownHostException UnknownServiceException
      java.nio: BufferOverflowException BufferUnderflowException InvalidMarkException
          ReadOnlyBufferException
      java.nio.channels: AcceptPendingException AlreadyBoundException AlreadyConnectedException
          AsynchronousCloseException CancelledKeyException ClosedByInterruptException
          ClosedChannelException ClosedSelectorException ConnectionPendingException
          FileLockInterruptionException IllegalBlockingModeException IllegalChannelGroupException
          IllegalSelectorException InterruptedByTimeoutException NoConnectionPendingException
          NonReadableChannelException NonWritableChannelException NotYetBoundException
          NotYetConnectedException OverlappingFileLockException ReadPendingException
          ShutdownChannelGroupException UnresolvedAddressException UnsupportedAddressTypeException
          WritePendingException
      java.nio.charset: CharacterCodingException CoderMalfunctionError IllegalCharsetNameException
          MalformedInputException UnmappableCharacterException UnsupportedCharsetException
      java.nio.file: AccessDeniedException AtomicMoveNotSupportedException
          ClosedDirectoryStreamException ClosedFileSystemException ClosedWatchServiceException
          DirectoryIteratorException DirectoryNotEmptyException FileAlreadyExistsException
          FileSystemAlreadyExistsException FileSystemException FileSystemLoopException
          FileSystemNotFoundException InvalidPathException NoSuchFileException
          NotDirectoryException NotLinkException ProviderMismatchException
          ProviderNotFoundException ReadOnlyFileSystemException
      java.nio.file.attribute: UserPrincipalNotFoundException
      java.security: DigestException GeneralSecurityException InvalidAlgorithmParameterException
          InvalidKeyException InvalidParameterException KeyException KeyManagementException
          KeyStoreException NoSuchAlgorithmException NoSuchProviderException ProviderException
          SignatureException UnrecoverableEntryException UnrecoverableKeyException
      java.security.cert: CRLException CertPathBuilderException CertStoreException
          CertificateEncodingException CertificateException CertificateExpiredException
          CertificateNotYetValidException CertificateParsingException
      java.security.spec: InvalidKeySpecException InvalidParameterSpecException
      java.text: ParseException
      java.time: DateTimeException
      java.time.format: DateTimeParseException
      java.time.temporal: UnsupportedTemporalTypeException
      java.time.zone: ZoneRulesException
      java.util: ConcurrentModificationException DuplicateFormatFlagsException EmptyStackException
          FormatFlagsConversionMismatchException FormatterClosedException
          IllegalFormatCodePointException IllegalFormatException IllegalFormatFlagsException
          IllegalFormatPrecisionException IllegalFormatWidthException IllformedLocaleException
          InputMismatchException InvalidPropertiesFormatException MissingFormatArgumentException
          MissingFormatWidthException MissingResourceException NoSuchElementException
          ServiceConfigurationError TooManyListenersException UnknownFormatConversionException
          UnknownFormatFlagsException
      java.util.concurrent: BrokenBarrierException CancellationException CompletionException
          ExecutionException RejectedExecutionException TimeoutException
      java.util.jar: JarException
      java.util.regex: PatternSyntaxException
      java.util.zip: DataFormatException ZipError ZipException
      """;

  private static final Set<String> NAMES = split(OWN + OF_THE_JDK);

  private AllowedExceptions() {}

  private static Set<String> split(String text) {
    Set<String> names = new HashSet<>();
    String prefix = "";
    for (String word : text.strip().split("\\s+", -1)) {
      if (word.endsWith(":")) {
        prefix = word.substring(0, word.length() - 1) + ".";
      } else {
        names.add(prefix + word);
      }
    }
    return names;
  }

  static Set<String> names() {
    return NAMES;
  }

  static boolean contain(Class<?> type) {
    return NAMES.contains(type.getName());
  }
}
